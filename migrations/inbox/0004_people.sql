ALTER TABLE `audit` ADD `address` text;--> statement-breakpoint
CREATE INDEX `audit_by` ON `audit` (`actor_id`,`id`);--> statement-breakpoint
CREATE INDEX `audit_object` ON `audit` (`object`,`id`);--> statement-breakpoint
ALTER TABLE `roles` ADD `reach` text DEFAULT 'all' NOT NULL CHECK("reach" in ('all', 'teams', 'own'));--> statement-breakpoint
ALTER TABLE `roles` ADD `sees_unassigned` integer DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `roles` ADD `sees_phones` integer DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `roles` ADD `needs_second_factor` integer DEFAULT false NOT NULL;
