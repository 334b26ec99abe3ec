CREATE TABLE `templates` (
	`id` text PRIMARY KEY NOT NULL,
	`waba_id` text NOT NULL,
	`name` text NOT NULL,
	`language` text NOT NULL,
	`status` text NOT NULL,
	`category` text NOT NULL,
	`previous_category` text,
	`correct_category` text,
	`sub_category` text,
	`parameter_format` text NOT NULL,
	`components` text NOT NULL,
	`quality` text,
	`rejected_reason` text,
	`synced_at` integer NOT NULL,
	`gone_at` integer
) STRICT;
--> statement-breakpoint
CREATE INDEX `templates_name` ON `templates` (`waba_id`,`name`,`language`);--> statement-breakpoint
CREATE TABLE `template_syncs` (
	`waba_id` text PRIMARY KEY NOT NULL,
	`due_at` integer NOT NULL,
	`tries` integer DEFAULT 0 NOT NULL,
	`synced_at` integer,
	`error` text
) STRICT;
