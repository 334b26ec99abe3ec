CREATE TABLE `attachments` (
	`message_id` integer NOT NULL,
	`position` integer NOT NULL,
	`file_id` integer NOT NULL,
	PRIMARY KEY(`message_id`, `position`),
	FOREIGN KEY (`message_id`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`file_id`) REFERENCES `files`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `attachments_file` ON `attachments` (`file_id`);--> statement-breakpoint
CREATE TABLE `attempts` (
	`subject_id` integer NOT NULL,
	`attempt` integer NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	`outcome` text NOT NULL,
	`wamid` text,
	`error_code` integer,
	PRIMARY KEY(`subject_id`, `attempt`),
	CONSTRAINT "attempts_outcome" CHECK("outcome" in ('open', 'accepted', 'refused', 'not_sent', 'unknown'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `attempts_wamid` ON `attempts` (`wamid`) WHERE wamid is not null;--> statement-breakpoint
CREATE TABLE `audit` (
	`id` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`actor_kind` text NOT NULL,
	`actor_id` integer,
	`action` text NOT NULL,
	`object` text NOT NULL,
	`data` text NOT NULL,
	`previous_hash` text,
	`hash` text,
	CONSTRAINT "audit_actor" CHECK("actor_kind" in ('person', 'key', 'operator', 'command', 'system'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `audit_at` ON `audit` (`at`);--> statement-breakpoint
CREATE TABLE `cases` (
	`id` integer PRIMARY KEY NOT NULL,
	`conversation_id` integer NOT NULL,
	`number_id` integer NOT NULL,
	`opened_at` integer NOT NULL,
	`opened_by` text NOT NULL,
	`first_inbound_at` integer,
	`first_reply_at` integer,
	`first_reply_by` integer,
	`closed_at` integer,
	`closed_by` integer,
	`reopened` integer DEFAULT 0 NOT NULL,
	`team_id` integer,
	`assignee_id` integer,
	FOREIGN KEY (`conversation_id`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`number_id`) REFERENCES `numbers`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "cases_opened_by" CHECK("opened_by" in ('customer', 'person', 'api', 'rule', 'system'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `cases_open` ON `cases` (`conversation_id`) WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX `cases_conversation` ON `cases` (`conversation_id`,`closed_at`);--> statement-breakpoint
CREATE INDEX `cases_opened` ON `cases` (`opened_at`);--> statement-breakpoint
CREATE INDEX `cases_closed` ON `cases` (`closed_at`);--> statement-breakpoint
CREATE TABLE `consents` (
	`id` integer PRIMARY KEY NOT NULL,
	`contact_id` integer NOT NULL,
	`purpose` text NOT NULL,
	`state` text NOT NULL,
	`source` text NOT NULL,
	`wording` text,
	`evidence_message_id` integer,
	`by` integer,
	`at` integer NOT NULL,
	FOREIGN KEY (`contact_id`) REFERENCES `contacts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "consents_state" CHECK("state" in ('given', 'withdrawn'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `consents_contact` ON `consents` (`contact_id`,`purpose`,`at`);--> statement-breakpoint
CREATE TABLE `contacts` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`name_source` text NOT NULL,
	`locale` text,
	`blocked_at` integer,
	`restricted_at` integer,
	`merged_into_id` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	CONSTRAINT "contacts_name_source" CHECK("name_source" in ('profile', 'person', 'import', 'none'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `contacts_updated` ON `contacts` (`updated_at`,`id`);--> statement-breakpoint
CREATE TABLE `conversations` (
	`id` integer PRIMARY KEY NOT NULL,
	`number_id` integer NOT NULL,
	`contact_id` integer NOT NULL,
	`merged_into_id` integer,
	`state` text NOT NULL,
	`snoozed_until` integer,
	`assignee_id` integer,
	`team_id` integer,
	`priority` integer DEFAULT 0 NOT NULL,
	`last_arrived_at` integer NOT NULL,
	`last_message_id` integer,
	`snippet` text DEFAULT '' NOT NULL,
	`last_inbound_at` integer,
	`last_inbound_id` integer,
	`window_expires_at` integer,
	`waiting_since` integer,
	`case_id` integer,
	FOREIGN KEY (`number_id`) REFERENCES `numbers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`contact_id`) REFERENCES `contacts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "conversations_state_known" CHECK("state" in ('open', 'snoozed', 'closed'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `conversations_pair` ON `conversations` (`number_id`,`contact_id`);--> statement-breakpoint
CREATE INDEX `conversations_contact` ON `conversations` (`contact_id`);--> statement-breakpoint
CREATE INDEX `conversations_merged` ON `conversations` (`merged_into_id`) WHERE merged_into_id is not null;--> statement-breakpoint
CREATE INDEX `conversations_arrived` ON `conversations` (`last_arrived_at`,`id`);--> statement-breakpoint
CREATE INDEX `conversations_state` ON `conversations` (`state`,`last_arrived_at`,`id`);--> statement-breakpoint
CREATE INDEX `conversations_assignee` ON `conversations` (`assignee_id`,`state`,`waiting_since`,`id`);--> statement-breakpoint
CREATE INDEX `conversations_assignee_arrived` ON `conversations` (`assignee_id`,`state`,`last_arrived_at`,`id`);--> statement-breakpoint
CREATE INDEX `conversations_team` ON `conversations` (`team_id`,`state`,`waiting_since`,`id`);--> statement-breakpoint
CREATE INDEX `conversations_waiting` ON `conversations` (`waiting_since`,`id`) WHERE waiting_since is not null and state = 'open';--> statement-breakpoint
CREATE INDEX `conversations_window` ON `conversations` (`window_expires_at`,`id`) WHERE waiting_since is not null and state = 'open';--> statement-breakpoint
CREATE INDEX `conversations_snoozed` ON `conversations` (`snoozed_until`) WHERE state = 'snoozed';--> statement-breakpoint
CREATE TABLE `drafts` (
	`conversation_id` integer NOT NULL,
	`user_id` integer NOT NULL,
	`text` text NOT NULL,
	`file_ids` text DEFAULT '' NOT NULL,
	`quoted_id` integer,
	`key` text DEFAULT '' NOT NULL,
	`revision` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`conversation_id`, `user_id`),
	FOREIGN KEY (`conversation_id`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `events` (
	`id` integer PRIMARY KEY NOT NULL,
	`conversation_id` integer NOT NULL,
	`case_id` integer,
	`at` integer NOT NULL,
	`actor_kind` text NOT NULL,
	`actor_id` integer,
	`kind` text NOT NULL,
	`data` text DEFAULT '{}' NOT NULL,
	FOREIGN KEY (`conversation_id`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "events_actor" CHECK("actor_kind" in ('person', 'rule', 'customer', 'system', 'api'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `events_conversation` ON `events` (`conversation_id`,`at`,`id`);--> statement-breakpoint
CREATE TABLE `files` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text,
	`mime` text NOT NULL,
	`sniffed` text,
	`bytes` integer,
	`sha256` text,
	`path` text,
	`wrapped_key` blob,
	`state` text NOT NULL,
	`media_id` text,
	`media_expires_at` integer,
	`tries` integer DEFAULT 0 NOT NULL,
	`next_at` integer,
	`thumb_id` integer,
	`duration` integer,
	CONSTRAINT "files_state" CHECK("state" in ('waiting', 'fetching', 'stored', 'failed', 'refused', 'erased'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `files_next` ON `files` (`next_at`) WHERE state in ('waiting', 'fetching');--> statement-breakpoint
CREATE TABLE `identities` (
	`id` integer PRIMARY KEY NOT NULL,
	`contact_id` integer NOT NULL,
	`kind` text NOT NULL,
	`scope` text NOT NULL,
	`value` text NOT NULL,
	`as_received` text NOT NULL,
	`seen_at` integer NOT NULL,
	`retired_at` integer,
	FOREIGN KEY (`contact_id`) REFERENCES `contacts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "identities_kind" CHECK("kind" in ('phone', 'bsuid', 'parent_bsuid', 'username'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `identities_current` ON `identities` (`kind`,`scope`,`value`) WHERE retired_at is null;--> statement-breakpoint
CREATE INDEX `identities_contact` ON `identities` (`contact_id`);--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`key` text,
	`due_at` integer NOT NULL,
	`state` text NOT NULL,
	`tries` integer DEFAULT 0 NOT NULL,
	`data` text DEFAULT '{}' NOT NULL,
	CONSTRAINT "jobs_state" CHECK("state" in ('open', 'done', 'failed'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_open` ON `jobs` (`kind`,`key`) WHERE state = 'open';--> statement-breakpoint
CREATE INDEX `jobs_due` ON `jobs` (`state`,`due_at`);--> statement-breakpoint
CREATE TABLE `journal` (
	`id` integer PRIMARY KEY NOT NULL,
	`app_id` integer NOT NULL,
	`field` text NOT NULL,
	`entry_id` text NOT NULL,
	`raw` blob NOT NULL,
	`digest` text NOT NULL,
	`received_at` integer NOT NULL,
	`state` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`error` text,
	`done_at` integer,
	CONSTRAINT "journal_state" CHECK("state" in ('pending', 'done', 'partly', 'failed'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `journal_open` ON `journal` (`id`) WHERE state <> 'done';--> statement-breakpoint
CREATE INDEX `journal_digest` ON `journal` (`digest`);--> statement-breakpoint
CREATE INDEX `journal_done` ON `journal` (`done_at`) WHERE state = 'done';--> statement-breakpoint
CREATE TABLE `journal_contacts` (
	`journal_id` integer NOT NULL,
	`contact_id` integer NOT NULL,
	PRIMARY KEY(`journal_id`, `contact_id`),
	FOREIGN KEY (`journal_id`) REFERENCES `journal`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`contact_id`) REFERENCES `contacts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `journal_contacts_contact` ON `journal_contacts` (`contact_id`);--> statement-breakpoint
CREATE TABLE `journal_items` (
	`journal_id` integer NOT NULL,
	`position` integer NOT NULL,
	`error` text NOT NULL,
	PRIMARY KEY(`journal_id`, `position`),
	FOREIGN KEY (`journal_id`) REFERENCES `journal`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `members` (
	`user_id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`role_id` integer NOT NULL,
	`available` integer DEFAULT true NOT NULL,
	`joined_at` integer NOT NULL,
	`left_at` integer,
	FOREIGN KEY (`role_id`) REFERENCES `roles`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `merges` (
	`id` integer PRIMARY KEY NOT NULL,
	`from_contact` integer NOT NULL,
	`into_contact` integer NOT NULL,
	`why` text NOT NULL,
	`by` integer,
	`at` integer NOT NULL,
	`undone_at` integer,
	FOREIGN KEY (`from_contact`) REFERENCES `contacts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`into_contact`) REFERENCES `contacts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `messages` (
	`id` integer PRIMARY KEY NOT NULL,
	`conversation_id` integer NOT NULL,
	`case_id` integer,
	`number_id` integer NOT NULL,
	`direction` text NOT NULL,
	`author_kind` text NOT NULL,
	`author_id` integer,
	`origin` text NOT NULL,
	`type` text NOT NULL,
	`text` text DEFAULT '' NOT NULL,
	`content` text DEFAULT '{}' NOT NULL,
	`quoted_wamid` text,
	`quoted_id` integer,
	`wamid` text,
	`ordered_at` integer NOT NULL,
	`arrived_at` integer NOT NULL,
	`status` text NOT NULL,
	`status_rank` integer NOT NULL,
	`error_code` integer,
	`error` text,
	`idempotency_key` text,
	`key_owner` text,
	`body_hash` text,
	`broadcast_id` integer,
	`pricing_type` text,
	`pricing_category` text,
	`edited_at` integer,
	`revoked_at` integer,
	`raw` blob,
	FOREIGN KEY (`conversation_id`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`number_id`) REFERENCES `numbers`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "messages_direction" CHECK("direction" in ('in', 'out', 'note')),
	CONSTRAINT "messages_author" CHECK("author_kind" in ('customer', 'person', 'api', 'rule', 'system', 'phone_app')),
	CONSTRAINT "messages_origin" CHECK("origin" in ('inbox', 'api', 'rule', 'broadcast', 'schedule', 'phone_app', 'history')),
	CONSTRAINT "messages_status" CHECK("status" in ('received', 'scheduled', 'queued', 'sending', 'unknown', 'accepted', 'sent', 'delivered', 'read', 'played', 'failed', 'cancelled'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `messages_thread` ON `messages` (`conversation_id`,`ordered_at`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `messages_wamid` ON `messages` (`number_id`,`wamid`) WHERE wamid is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `messages_idempotency` ON `messages` (`key_owner`,`idempotency_key`) WHERE idempotency_key is not null;--> statement-breakpoint
CREATE INDEX `messages_broadcast` ON `messages` (`broadcast_id`,`status`) WHERE broadcast_id is not null;--> statement-breakpoint
CREATE TABLE `numbers` (
	`id` integer PRIMARY KEY NOT NULL,
	`phone_number_id` text NOT NULL,
	`waba_id` text NOT NULL,
	`portfolio_id` text,
	`display_phone` text NOT NULL,
	`name` text NOT NULL,
	`token` blob NOT NULL,
	`state` text NOT NULL,
	`paused_for` text,
	`read_receipts` text DEFAULT 'opened' NOT NULL,
	`settings` text DEFAULT '{}' NOT NULL,
	`connected_at` integer NOT NULL,
	`heard_at` integer,
	CONSTRAINT "numbers_state" CHECK("state" in ('live', 'paused', 'disconnected')),
	CONSTRAINT "numbers_read_receipts" CHECK("read_receipts" in ('opened', 'answered', 'never'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `numbers_phone_number_id` ON `numbers` (`phone_number_id`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` integer PRIMARY KEY NOT NULL,
	`message_id` integer,
	`reaction_id` integer,
	`number_id` integer NOT NULL,
	`conversation_id` integer NOT NULL,
	`lane` text NOT NULL,
	`state` text NOT NULL,
	`attempt` integer NOT NULL,
	`not_before` integer NOT NULL,
	`claimed_at` integer,
	`asked_at` integer,
	FOREIGN KEY (`message_id`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`number_id`) REFERENCES `numbers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`conversation_id`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "outbox_lane" CHECK("lane" in ('interactive', 'bulk')),
	CONSTRAINT "outbox_state" CHECK("state" in ('queued', 'sending', 'unknown')),
	CONSTRAINT "outbox_one_thing" CHECK((message_id is null) <> (reaction_id is null))
) STRICT;
--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`number_id`,`state`,`lane`,`not_before`,`id`);--> statement-breakpoint
CREATE INDEX `outbox_conversation` ON `outbox` (`conversation_id`,`id`);--> statement-breakpoint
CREATE TABLE `parked_statuses` (
	`number_id` integer NOT NULL,
	`wamid` text NOT NULL,
	`status` text NOT NULL,
	`at` integer NOT NULL,
	`data` text NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`number_id`, `wamid`, `status`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `parked_statuses_expires` ON `parked_statuses` (`expires_at`);--> statement-breakpoint
CREATE TABLE `reactions` (
	`message_id` integer NOT NULL,
	`side` text NOT NULL,
	`by` integer NOT NULL,
	`id` integer NOT NULL,
	`emoji` text NOT NULL,
	`at` integer NOT NULL,
	`author_id` integer,
	`status` text NOT NULL,
	`error` text,
	PRIMARY KEY(`message_id`, `side`, `by`),
	FOREIGN KEY (`message_id`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "reactions_side" CHECK("side" in ('in', 'out')),
	CONSTRAINT "reactions_status" CHECK("status" in ('received', 'scheduled', 'queued', 'sending', 'unknown', 'accepted', 'sent', 'delivered', 'read', 'played', 'failed', 'cancelled'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `reactions_id` ON `reactions` (`id`);--> statement-breakpoint
CREATE TABLE `reads` (
	`user_id` integer NOT NULL,
	`conversation_id` integer NOT NULL,
	`message_id` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `conversation_id`),
	FOREIGN KEY (`conversation_id`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `roles` (
	`id` integer PRIMARY KEY NOT NULL,
	`key` text,
	`name` text NOT NULL,
	`permissions` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `roles_key` ON `roles` (`key`);--> statement-breakpoint
CREATE TABLE `statuses` (
	`message_id` integer NOT NULL,
	`status` text NOT NULL,
	`at` integer NOT NULL,
	`data` text DEFAULT '{}' NOT NULL,
	PRIMARY KEY(`message_id`, `status`),
	FOREIGN KEY (`message_id`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `team_members` (
	`team_id` integer NOT NULL,
	`user_id` integer NOT NULL,
	PRIMARY KEY(`team_id`, `user_id`),
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `members`(`user_id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `team_members_user` ON `team_members` (`user_id`,`team_id`);--> statement-breakpoint
CREATE TABLE `team_numbers` (
	`team_id` integer NOT NULL,
	`number_id` integer NOT NULL,
	PRIMARY KEY(`team_id`, `number_id`),
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`number_id`) REFERENCES `numbers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `team_numbers_number` ON `team_numbers` (`number_id`,`team_id`);--> statement-breakpoint
CREATE TABLE `teams` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL
) STRICT;
