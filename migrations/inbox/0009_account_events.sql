CREATE TABLE `account_events` (
	`id` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`journal_id` integer NOT NULL,
	`digest` text NOT NULL,
	`position` integer NOT NULL,
	`field` text NOT NULL,
	`waba_id` text NOT NULL,
	`number_id` integer,
	`kind` text NOT NULL,
	`event` text NOT NULL,
	`severity` text NOT NULL,
	`effect` text,
	`cause` text,
	`data` text DEFAULT '{}' NOT NULL,
	`dismissed_at` integer,
	`dismissed_by` integer,
	FOREIGN KEY (`number_id`) REFERENCES `numbers`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "account_events_severity" CHECK("severity" in ('good', 'info', 'warning', 'critical')),
	CONSTRAINT "account_events_effect" CHECK("effect" in ('pauses', 'resumes'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `account_events_digest` ON `account_events` (`digest`,`position`);--> statement-breakpoint
CREATE INDEX `account_events_number` ON `account_events` (`number_id`,`kind`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `account_events_at` ON `account_events` (`at`,`id`) WHERE kind <> 'other';--> statement-breakpoint
CREATE INDEX `account_events_other` ON `account_events` (`field`,`at`) WHERE kind = 'other';--> statement-breakpoint
CREATE INDEX `account_events_notice` ON `account_events` (`at`) WHERE severity = 'critical' and dismissed_at is null;--> statement-breakpoint
CREATE TABLE `history_chunks` (
	`number_id` integer NOT NULL,
	`phase` integer NOT NULL,
	`chunk_order` integer NOT NULL,
	`progress` integer NOT NULL,
	`messages` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`number_id`, `phase`, `chunk_order`),
	FOREIGN KEY (`number_id`) REFERENCES `numbers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `number_use` (
	`number_id` integer NOT NULL,
	`month` integer NOT NULL,
	`calling_code` text NOT NULL,
	`type` text NOT NULL,
	`category` text NOT NULL,
	`delivered` integer NOT NULL,
	PRIMARY KEY(`number_id`, `month`, `calling_code`, `type`, `category`),
	FOREIGN KEY (`number_id`) REFERENCES `numbers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `use_rates` (
	`calling_code` text NOT NULL,
	`category` text NOT NULL,
	`since` integer NOT NULL,
	`micros` integer NOT NULL,
	`currency` text NOT NULL,
	PRIMARY KEY(`calling_code`, `category`, `since`)
) STRICT;
--> statement-breakpoint
ALTER TABLE `numbers` ADD `phone_app_at` integer;
