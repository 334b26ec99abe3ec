ALTER TABLE `contacts` ADD `search` text DEFAULT '' NOT NULL;
--> statement-breakpoint
create view message_words as
select m.id as id, substr(m.text, 1, 4096) as text, (
  select substr(f.name, 1, 255) from attachments a join files f on f.id = a.file_id
  where a.message_id = m.id and a.position = 0
) as file
from messages m
where m.text <> '' or exists (
  select 1 from attachments a join files f on f.id = a.file_id
  where a.message_id = m.id and a.position = 0 and f.name <> ''
);
--> statement-breakpoint
create virtual table message_search using fts5(
  text, file, content='message_words', content_rowid='id', prefix='3', tokenize='unicode61 remove_diacritics 2'
);
--> statement-breakpoint
insert into message_search(message_search, rank) values ('secure-delete', 1);
--> statement-breakpoint
insert into message_search(message_search, rank) values ('automerge', 0);
--> statement-breakpoint
insert into message_search(message_search, rank) values ('crisismerge', 1000);
--> statement-breakpoint
create view contact_words as select id, search from contacts where search <> '';
--> statement-breakpoint
create virtual table contact_search using fts5(
  search, content='contact_words', content_rowid='id', prefix='3', tokenize='unicode61 remove_diacritics 2'
);
--> statement-breakpoint
insert into contact_search(contact_search, rank) values ('secure-delete', 1);
--> statement-breakpoint
insert into contact_search(contact_search, rank) values ('automerge', 0);
--> statement-breakpoint
insert into contact_search(contact_search, rank) values ('crisismerge', 1000);
--> statement-breakpoint
create trigger message_text_leaves before update of text on messages
when exists (select 1 from message_search_docsize where id = old.id)
begin insert into message_search(message_search, rowid, text, file)
  select 'delete', id, text, file from message_words where id = old.id; end;
--> statement-breakpoint
create trigger message_text_comes after update of text on messages
begin insert into message_search(rowid, text, file)
  select id, text, file from message_words where id = new.id; end;
--> statement-breakpoint
create trigger message_leaves before delete on messages
when exists (select 1 from message_search_docsize where id = old.id)
begin insert into message_search(message_search, rowid, text, file)
  select 'delete', id, text, file from message_words where id = old.id; end;
--> statement-breakpoint
create trigger attachment_comes after insert on attachments
when new.position = 0 and exists (select 1 from message_search_docsize where id = new.message_id)
begin insert into message_search(message_search, rowid, text, file)
  select 'delete', id, text, null from message_words where id = new.message_id;
insert into message_search(rowid, text, file)
  select id, text, file from message_words where id = new.message_id; end;
--> statement-breakpoint
create trigger attachment_leaves before delete on attachments
when old.position = 0 and exists (select 1 from message_search_docsize where id = old.message_id)
begin insert into message_search(message_search, rowid, text, file)
  select 'delete', id, text, file from message_words where id = old.message_id; end;
--> statement-breakpoint
create trigger attachment_left after delete on attachments when old.position = 0
begin insert into message_search(rowid, text, file)
  select id, text, file from message_words where id = old.message_id; end;
--> statement-breakpoint
create trigger file_name_leaves before update of name on files
begin insert into message_search(message_search, rowid, text, file)
  select 'delete', w.id, w.text, w.file from attachments a join message_words w on w.id = a.message_id
  where a.file_id = old.id and a.position = 0
    and exists (select 1 from message_search_docsize where id = a.message_id); end;
--> statement-breakpoint
create trigger file_name_comes after update of name on files
begin insert into message_search(rowid, text, file)
  select w.id, w.text, w.file from attachments a join message_words w on w.id = a.message_id
  where a.file_id = new.id and a.position = 0; end;
--> statement-breakpoint
create trigger contact_words_leave before update of search on contacts
when exists (select 1 from contact_search_docsize where id = old.id)
begin insert into contact_search(contact_search, rowid, search) values ('delete', old.id, old.search); end;
--> statement-breakpoint
create trigger contact_words_come after update of search on contacts
when new.search <> '' and not exists (
  select 1 from jobs where kind = 'search.contacts' and state = 'open' and new.id <= cast(data as integer)
)
begin insert into contact_search(rowid, search) values (new.id, new.search); end;
--> statement-breakpoint
create trigger contact_leaves before delete on contacts
when exists (select 1 from contact_search_docsize where id = old.id)
begin insert into contact_search(contact_search, rowid, search) values ('delete', old.id, old.search); end;
--> statement-breakpoint
insert into jobs (id, kind, due_at, state, data)
select 1, 'search.contacts', 1, 'open', max(id) from contacts having max(id) is not null;
--> statement-breakpoint
insert into jobs (id, kind, due_at, state, data)
select 2, 'search.messages', 1, 'open', max(id) from messages having max(id) is not null;
