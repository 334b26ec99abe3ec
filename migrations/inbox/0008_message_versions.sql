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
