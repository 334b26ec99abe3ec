import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

type Called = { id: SQLWrapper; name: SQLWrapper };

/**
 * What a contact is shown as: the name of whom it was merged into, else its own; of somebody without a name their
 * username, phone number or BSUID, so that nobody is nameless in a list. `max` instead of an order: a list whose
 * statement sorts anything reads all of it.
 */
export function shownName(surviving: Called, own: Called): SQL<string> {
  return sql<string>`coalesce(nullif(${surviving.name}, ''), nullif(${own.name}, ''), (
    select substr(max(case called.kind when 'username' then '3@' when 'phone' then '2+' else '1' end
      || replace(called.as_received, '+', '')), 2)
    from identities as called
    where called.contact_id in (${surviving.id}, ${own.id}) and called.retired_at is null
      and called.kind <> 'parent_bsuid'
  ), '')`;
}
