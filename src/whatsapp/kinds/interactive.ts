import { asFields, asText, asWords, type Fields } from '../shape.ts';
import type { Reader, Understood } from './understood.ts';

/** A tap on a reply button or on a row of a list. Forms and call permissions are not understood here. */
export const readInteractive: Reader = (message) => {
  const interactive = asFields(message.interactive);
  switch (interactive?.type) {
    case 'button_reply':
      return readButtonReply(asFields(interactive.button_reply));
    case 'list_reply':
      return readListReply(asFields(interactive.list_reply));
    default:
      return null;
  }
};

function readButtonReply(reply: Fields | null): Understood | null {
  const title = asWords(reply?.title);
  const payload = asText(reply?.id);
  return title === null
    ? null
    : { text: title, content: { kind: 'button', title, ...(payload === null ? {} : { payload }) } };
}

function readListReply(reply: Fields | null): Understood | null {
  const title = asWords(reply?.title);
  const description = asWords(reply?.description);
  const id = asText(reply?.id);
  return title === null
    ? null
    : {
        text: title,
        content: {
          kind: 'list',
          title,
          ...(description === null ? {} : { description }),
          ...(id === null ? {} : { id }),
        },
      };
}
