CREATE INDEX `contacts_blocked` ON `contacts` (`id`) WHERE blocked_at is not null;
