CREATE TABLE `accounts` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`business_name` text NOT NULL,
	`time_zone` text NOT NULL,
	`state` text NOT NULL,
	`state_at` integer NOT NULL,
	`cancelled_at` integer,
	`erase_by` integer,
	`plan_id` integer,
	`schema_version` integer DEFAULT 0 NOT NULL,
	`needs_attention` text,
	`open_since` integer,
	`created_at` integer NOT NULL,
	CONSTRAINT "accounts_state" CHECK("state" in ('active', 'suspended', 'cancelled', 'closed', 'erasing', 'erased'))
) STRICT;
--> statement-breakpoint
CREATE TABLE `api_keys` (
	`hash` text PRIMARY KEY NOT NULL,
	`id` integer NOT NULL,
	`account_id` integer NOT NULL,
	`name` text NOT NULL,
	`scopes` text DEFAULT '' NOT NULL,
	`created_at` integer NOT NULL,
	`used_at` integer,
	`revoked_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `api_keys_account` ON `api_keys` (`account_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_id` ON `api_keys` (`id`);--> statement-breakpoint
CREATE TABLE `memberships` (
	`user_id` integer NOT NULL,
	`account_id` integer NOT NULL,
	`state` text NOT NULL,
	PRIMARY KEY(`user_id`, `account_id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "memberships_state" CHECK("state" in ('active', 'disabled'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `memberships_account` ON `memberships` (`account_id`);--> statement-breakpoint
CREATE TABLE `meta_apps` (
	`id` integer PRIMARY KEY NOT NULL,
	`account_id` integer,
	`path_key` text NOT NULL,
	`app_id` text,
	`secret` blob NOT NULL,
	`previous_secret` blob,
	`previous_until` integer,
	`verify_token_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`signed_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `meta_apps_path_key` ON `meta_apps` (`path_key`);--> statement-breakpoint
CREATE TABLE `parked_changes` (
	`id` integer PRIMARY KEY NOT NULL,
	`app_id` integer NOT NULL,
	`account_id` integer NOT NULL,
	`field` text NOT NULL,
	`entry_id` text NOT NULL,
	`digest` text NOT NULL,
	`raw` blob NOT NULL,
	`received_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `parked_changes_digest` ON `parked_changes` (`account_id`,`digest`);--> statement-breakpoint
CREATE TABLE `routes` (
	`phone_number_id` text PRIMARY KEY NOT NULL,
	`account_id` integer NOT NULL,
	`waba_id` text NOT NULL,
	`app_id` integer NOT NULL,
	`state` text NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`app_id`) REFERENCES `meta_apps`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "routes_state" CHECK("state" in ('live', 'dropped'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `routes_waba` ON `routes` (`waba_id`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id_hash` text PRIMARY KEY NOT NULL,
	`user_id` integer NOT NULL,
	`account_id` integer NOT NULL,
	`epoch` integer NOT NULL,
	`created_at` integer NOT NULL,
	`seen_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`ip` text,
	`agent` text,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `sessions_user` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE TABLE `tokens` (
	`hash` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`user_id` integer,
	`account_id` integer,
	`data` text,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	CONSTRAINT "tokens_kind" CHECK("kind" in ('first_run', 'invite', 'reset', 'confirm', 'sign_in'))
) STRICT;
--> statement-breakpoint
CREATE TABLE `unrouted_changes` (
	`id` integer PRIMARY KEY NOT NULL,
	`app_id` integer NOT NULL,
	`phone_number_id` text,
	`waba_id` text,
	`field` text NOT NULL,
	`entry_id` text NOT NULL,
	`digest` text NOT NULL,
	`raw` blob NOT NULL,
	`received_at` integer NOT NULL,
	FOREIGN KEY (`app_id`) REFERENCES `meta_apps`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `unrouted_changes_digest` ON `unrouted_changes` (`app_id`,`digest`);--> statement-breakpoint
CREATE INDEX `unrouted_changes_number` ON `unrouted_changes` (`phone_number_id`,`app_id`);--> statement-breakpoint
CREATE INDEX `unrouted_changes_waba` ON `unrouted_changes` (`waba_id`,`app_id`);--> statement-breakpoint
CREATE INDEX `unrouted_changes_received` ON `unrouted_changes` (`received_at`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` integer PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`password_hash` text,
	`second_factor` blob,
	`epoch` integer DEFAULT 0 NOT NULL,
	`locale` text DEFAULT 'en' NOT NULL,
	`is_operator` integer DEFAULT false NOT NULL,
	`email_confirmed_at` integer,
	`disabled_at` integer,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `users_email` ON `users` (`email`);--> statement-breakpoint
CREATE TABLE `wakeups` (
	`account_id` integer PRIMARY KEY NOT NULL,
	`due_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `wakeups_due` ON `wakeups` (`due_at`);