CREATE INDEX `contacts_merged` ON `contacts` (`merged_into_id`) WHERE merged_into_id is not null;--> statement-breakpoint
CREATE INDEX `identities_retired` ON `identities` (`kind`,`scope`,`value`) WHERE retired_at is not null;--> statement-breakpoint
ALTER TABLE `merges` ADD `undone_by` integer;--> statement-breakpoint
ALTER TABLE `merges` ADD `data` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE INDEX `merges_from` ON `merges` (`from_contact`);--> statement-breakpoint
CREATE INDEX `merges_into` ON `merges` (`into_contact`);
--> statement-breakpoint
CREATE TABLE `message_versions` (
	`message_id` integer NOT NULL,
	`wamid` text NOT NULL,
	`at` integer NOT NULL,
	`text` text NOT NULL,
	`content` text,
	PRIMARY KEY(`message_id`, `wamid`),
	FOREIGN KEY (`message_id`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
drop trigger message_text_leaves;
--> statement-breakpoint
drop trigger message_text_comes;
--> statement-breakpoint
drop view message_words;
--> statement-breakpoint
create view message_words as
select m.id as id, substr(m.text, 1, 4096) as text, (
  select substr(f.name, 1, 255) from attachments a join files f on f.id = a.file_id
  where a.message_id = m.id and a.position = 0
) as file
from messages m
where m.revoked_at is null and (m.text <> '' or exists (
  select 1 from attachments a join files f on f.id = a.file_id
  where a.message_id = m.id and a.position = 0 and f.name <> ''
));
--> statement-breakpoint
create trigger message_text_leaves before update of text, revoked_at on messages
when exists (select 1 from message_search_docsize where id = old.id)
begin insert into message_search(message_search, rowid, text, file)
  select 'delete', id, text, file from message_words where id = old.id; end;
--> statement-breakpoint
create trigger message_text_comes after update of text, revoked_at on messages
begin insert into message_search(rowid, text, file)
  select id, text, file from message_words where id = new.id; end;
--> statement-breakpoint
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
--> statement-breakpoint
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
--> statement-breakpoint
CREATE INDEX `contacts_blocked` ON `contacts` (`id`) WHERE blocked_at is not null;
