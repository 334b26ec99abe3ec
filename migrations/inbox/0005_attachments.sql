ALTER TABLE `files` ADD `error` text;--> statement-breakpoint
ALTER TABLE `files` ADD `thumb_tried` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `files` ADD `width` integer;--> statement-breakpoint
ALTER TABLE `files` ADD `height` integer;--> statement-breakpoint
ALTER TABLE `files` ADD `conversation_id` integer;--> statement-breakpoint
ALTER TABLE `files` ADD `uploaded_by` text;--> statement-breakpoint
ALTER TABLE `files` ADD `uploaded_at` integer;--> statement-breakpoint
CREATE INDEX `files_to_look_at` ON `files` (`id`) WHERE state = 'stored' and thumb_tried = 0;--> statement-breakpoint
CREATE INDEX `files_uploaded` ON `files` (`uploaded_at`) WHERE uploaded_at is not null;--> statement-breakpoint
ALTER TABLE `outbox` ADD `file_id` integer;--> statement-breakpoint
CREATE INDEX `outbox_file` ON `outbox` (`number_id`,`id`) WHERE file_id is not null;