import { asFields, asText, asWords, type Fields } from '../shape.ts';
import { readCallPermission } from './call-permission.ts';
import { readFormReply } from './form.ts';
import type { Reader, Understood } from './understood.ts';

/** What a customer tapped or filled in instead of writing. */
export const readInteractive: Reader = (message) => {
  const interactive = asFields(message.interactive);
  switch (interactive?.type) {
    case 'button_reply':
      return readButtonReply(asFields(interactive.button_reply));
    case 'list_reply':
      return readListReply(asFields(interactive.list_reply));
    case 'nfm_reply':
      return readFormReply(asFields(interactive.nfm_reply));
    case 'call_permission_reply':
      return readCallPermission(asFields(interactive.call_permission_reply));
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
