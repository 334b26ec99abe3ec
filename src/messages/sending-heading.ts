import { readFormValues } from '#src/templates/form.ts';
import type { AskedInteractive } from './interactive.ts';
import type { SendingValues } from './sending-form.ts';

/** What can stand above the text, and what the field of its file is called. */
export const headings = ['none', 'text', 'file'] as const;
export const HEADING = 'header';

/** Which of them was chosen; without a choice it is a text, as that of a list always is. */
export const headingIn = ({ heading, header = '' }: SendingValues): (typeof headings)[number] =>
  headings.find((one) => one === heading) ?? (header === '' ? 'none' : 'text');

/** The file that was chosen for it and is here already. */
export const headingFileIn = (values: SendingValues) =>
  readFormValues(new Map(Object.entries(values))).files.get(HEADING);

export function readHeading(values: SendingValues): NonNullable<AskedInteractive['header']> {
  switch (headingIn(values)) {
    case 'none':
      return '';
    case 'text':
      return values.header ?? '';
    case 'file':
      return { fileId: headingFileIn(values)?.id ?? 0 };
  }
}
