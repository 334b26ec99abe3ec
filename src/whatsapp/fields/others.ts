import { accountEvent, type FieldReader, wordOf } from './account-event.ts';

/** What this program has no use for, or does not know: counted and listed, so that nothing comes unseen. */
export const readOthers: FieldReader = (value, about) => [
  accountEvent(value, about, { about: 'other', event: wordOf(value.event ?? value.type ?? value.status) }),
];
