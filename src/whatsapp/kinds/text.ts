import { asFields, asText } from '../shape.ts';
import type { Reader } from './understood.ts';

export const readText: Reader = (message) => {
  const text = asText(asFields(message.text)?.body);
  return text === null ? null : { text, content: { kind: 'text' } };
};
