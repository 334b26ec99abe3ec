CREATE INDEX `contacts_merged` ON `contacts` (`merged_into_id`) WHERE merged_into_id is not null;--> statement-breakpoint
CREATE INDEX `identities_retired` ON `identities` (`kind`,`scope`,`value`) WHERE retired_at is not null;--> statement-breakpoint
ALTER TABLE `merges` ADD `undone_by` integer;--> statement-breakpoint
ALTER TABLE `merges` ADD `data` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE INDEX `merges_from` ON `merges` (`from_contact`);--> statement-breakpoint
CREATE INDEX `merges_into` ON `merges` (`into_contact`);
