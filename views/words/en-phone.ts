import { inPlainWords } from '#src/whatsapp/errors.ts';

const ANEW =
  'Disconnect the Business Platform in the WhatsApp Business app on the phone and connect the number anew';

const refusals = new Map<number, readonly [title: string, whatToDo: string]>([
  [
    2593108,
    [
      'Too late',
      `More than 24 hours have passed since the number was connected. ${ANEW}, then ask here within 24 hours.`,
    ],
  ],
  [
    2593109,
    [
      'Not shared',
      `Sharing the history was declined on the phone. ${ANEW}, and allow it to share the history, then ask here.`,
    ],
  ],
]);

/** Why WhatsApp does not hand over what the phone has, and what to do, by Meta's code. */
export function phoneRefusalInWords(code: number): readonly [title: string, whatToDo: string] {
  const { title, whatToDo } = inPlainWords(code);
  return refusals.get(code) ?? ['Refused', `${title} ${whatToDo} Meta’s code: ${code}.`];
}
