import type { ErrorWords } from './error-words.ts';

/** What may be wrong with a template (1320xx), for the person who sent it. */
export const templateWords: readonly (readonly [number, ErrorWords])[] = [
  [
    132000,
    {
      title: 'The template takes another number of values.',
      whatToDo:
        'It has changed at Meta. Open it again in the list of templates and fill in what it asks for now.',
    },
  ],
  [
    132001,
    {
      title: 'WhatsApp has no such approved template in this language.',
      whatToDo: 'It may have been deleted, or is not approved yet. Choose another one.',
    },
  ],
  [
    132005,
    {
      title: 'With these values the template’s text is too long.',
      whatToDo: 'Write shorter values and send it again.',
    },
  ],
  [
    132007,
    {
      title: 'WhatsApp found something in the template that its rules forbid.',
      whatToDo: 'Ask an admin to look at the template in WhatsApp Manager. Until then choose another one.',
    },
  ],
  [
    132012,
    {
      title: 'A value of the template is of the wrong kind.',
      whatToDo: 'The template may have changed at Meta. Fill it in again and send it.',
    },
  ],
  [
    132015,
    {
      title: 'WhatsApp has paused this template, because customers blocked or reported it.',
      whatToDo: 'It rests for three hours, the second time for six. Choose another one for now.',
    },
  ],
  [
    132016,
    {
      title: 'WhatsApp has disabled this template for good.',
      whatToDo: 'Choose another one, and ask an admin to write a new one that customers do not report.',
    },
  ],
  [
    132018,
    {
      title: 'WhatsApp did not accept a value of the template.',
      whatToDo:
        'Values have no line breaks, no tabs and little space in a row. Change them and send it again.',
    },
  ],
  [
    132068,
    {
      title: 'The form behind the template’s button is blocked.',
      whatToDo: 'Ask an admin to look at the flow in WhatsApp Manager.',
    },
  ],
];
