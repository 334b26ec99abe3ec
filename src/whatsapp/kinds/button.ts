import { asFields, asText, asWords } from '../shape.ts';
import type { Reader } from './understood.ts';

/** A tap on a template's quick-reply button. */
export const readButton: Reader = (message) => {
  const button = asFields(message.button);
  const title = asWords(button?.text) ?? asWords(button?.payload);
  const payload = asText(button?.payload);
  return title === null
    ? null
    : { text: title, content: { kind: 'button', title, ...(payload === null ? {} : { payload }) } };
};
