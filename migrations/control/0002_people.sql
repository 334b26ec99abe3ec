CREATE TABLE `devices` (
	`hash` text NOT NULL,
	`user_id` integer NOT NULL,
	`seen_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `hash`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `mails` (
	`id` integer PRIMARY KEY NOT NULL,
	`account_id` integer,
	`kind` text NOT NULL,
	`recipient` text NOT NULL,
	`letter` blob,
	`state` text NOT NULL,
	`tries` integer DEFAULT 0 NOT NULL,
	`next_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	`error` text,
	CONSTRAINT "mails_state" CHECK("state" in ('queued', 'sent', 'failed'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `mails_due` ON `mails` (`state`,`next_at`);--> statement-breakpoint
CREATE INDEX `mails_created` ON `mails` (`created_at`);--> statement-breakpoint
CREATE TABLE `passkeys` (
	`credential_id` text PRIMARY KEY NOT NULL,
	`id` integer NOT NULL,
	`user_id` integer NOT NULL,
	`public_key` blob NOT NULL,
	`counter` integer NOT NULL,
	`transports` text DEFAULT '' NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `passkeys_id` ON `passkeys` (`id`);--> statement-breakpoint
CREATE INDEX `passkeys_user` ON `passkeys` (`user_id`);--> statement-breakpoint
CREATE TABLE `__new_tokens` (
	`hash` text PRIMARY KEY NOT NULL,
	`id` integer,
	`kind` text NOT NULL,
	`user_id` integer,
	`account_id` integer,
	`data` text,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	CONSTRAINT "tokens_kind" CHECK("kind" in ('first_run', 'invite', 'reset', 'confirm', 'sign_in', 'second_factor', 'email', 'challenge'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_tokens`("hash", "kind", "user_id", "account_id", "data", "expires_at", "used_at") SELECT "hash", "kind", "user_id", "account_id", "data", "expires_at", "used_at" FROM `tokens`;--> statement-breakpoint
DROP TABLE `tokens`;--> statement-breakpoint
ALTER TABLE `__new_tokens` RENAME TO `tokens`;--> statement-breakpoint
CREATE UNIQUE INDEX `tokens_id` ON `tokens` (`id`);--> statement-breakpoint
CREATE INDEX `tokens_account` ON `tokens` (`account_id`,`kind`);--> statement-breakpoint
CREATE INDEX `tokens_user` ON `tokens` (`user_id`,`kind`);--> statement-breakpoint
ALTER TABLE `api_keys` ADD `created_by` integer;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `expires_at` integer;--> statement-breakpoint
ALTER TABLE `sessions` ADD `proven_at` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `picture` blob;--> statement-breakpoint
ALTER TABLE `users` ADD `time_zone` text;