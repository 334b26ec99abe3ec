import { t } from 'elysia';
import { parseId } from '#src/conversations/conversation.ts';
import { Invalid } from '#src/errors.ts';
import type { Place } from './place.ts';

export const Text = t.Optional(t.String());
/** Ticked boxes of one name: none, one, or several. */
export const Ticked = t.Optional(t.Union([t.String(), t.Array(t.String(), { maxItems: 500 })]));

/** The ids of ticked boxes; what is no id is none of ours. */
export function readIds(given: string | string[] | undefined): number[] {
  return [given ?? []].flat().map((text) => parseId(text) ?? 0);
}

/** Role and teams out of a form. Throws `Invalid` (`role`). */
export function readGiven(form: { role?: string | undefined; teams?: string | string[] | undefined }): Place {
  const roleId = parseId(form.role ?? '');
  if (roleId === null) {
    throw new Invalid({ role: 'Choose a role from the list.' });
  }
  return { roleId, teamIds: readIds(form.teams) };
}
