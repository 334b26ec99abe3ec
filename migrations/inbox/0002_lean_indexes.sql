drop index conversations_arrived;
--> statement-breakpoint
drop index journal_digest;
--> statement-breakpoint
drop index journal_contacts_contact;
--> statement-breakpoint
create table journal_contacts_lean (
	journal_id integer not null references journal (id),
	contact_id integer not null references contacts (id),
	primary key (journal_id, contact_id)
) strict, without rowid;
--> statement-breakpoint
insert into journal_contacts_lean select journal_id, contact_id from journal_contacts;
--> statement-breakpoint
drop table journal_contacts;
--> statement-breakpoint
alter table journal_contacts_lean rename to journal_contacts;
