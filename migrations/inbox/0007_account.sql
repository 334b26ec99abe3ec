ALTER TABLE `numbers` ADD `starts_forbidden_until` integer;--> statement-breakpoint
ALTER TABLE `numbers` ADD `answers_forbidden_until` integer;--> statement-breakpoint
ALTER TABLE `numbers` ADD `is_on_phone_app` integer;--> statement-breakpoint
CREATE TABLE `phone_imports` (
	`number_id` integer NOT NULL,
	`step` text NOT NULL,
	`state` text NOT NULL,
	`asked_at` integer NOT NULL,
	`error_code` integer,
	PRIMARY KEY(`number_id`, `step`),
	FOREIGN KEY (`number_id`) REFERENCES `numbers`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "phone_imports_step" CHECK("step" in ('contacts', 'history')),
	CONSTRAINT "phone_imports_state" CHECK("state" in ('asked', 'taken', 'refused', 'unknown'))
) STRICT;
