create trigger outbox_never_a_note before insert on outbox
when (select direction from messages where id = new.message_id) is 'note'
begin select raise(abort, 'a note is never sent'); end;
--> statement-breakpoint
create trigger audit_append_only before update on audit
begin select raise(abort, 'audit rows are never changed'); end;
--> statement-breakpoint
create trigger audit_kept before delete on audit
begin select raise(abort, 'audit rows are never deleted'); end;
--> statement-breakpoint
create trigger consents_append_only before update on consents
begin select raise(abort, 'consents are never changed'); end;
