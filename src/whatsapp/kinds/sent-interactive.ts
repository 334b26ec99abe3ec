import type { Ask, ListSection } from '#src/messages/interactive.ts';
import { asFields, asText, asWords, type Fields, fieldsIn } from '../shape.ts';
import type { Reader } from './understood.ts';

/**
 * What a customer is asked to tap, as it is sent. A file above it is left out. What is asked in a way that is none of
 * ours (a flow, a carousel, products) becomes a text: its words, and below them what can be tapped.
 */
export const readSentInteractive: Reader = (message) => {
  const interactive = asFields(message.interactive);
  if (interactive === null) {
    return null;
  }
  const action = asFields(interactive.action);
  const words = asText(asFields(interactive.body)?.text) ?? '';
  const header = asWords(asFields(interactive.header)?.text);
  const footer = asWords(asFields(interactive.footer)?.text);
  const ask = readAsk(interactive.type, action);
  if (ask === null) {
    const lines = [header, words.trim(), footer, ...titlesOf(action)].filter(Boolean);
    return lines.length === 0 ? null : { text: lines.join('\n'), content: { kind: 'text' } };
  }
  return {
    text: words,
    content: {
      kind: 'interactive',
      ...(header === null ? {} : { header }),
      ...(footer === null ? {} : { footer }),
      ask,
    },
  };
};

/** Null when it is none of ours, or nothing in it could be tapped. */
function readAsk(type: unknown, action: Fields | null): Ask | null {
  switch (type) {
    case 'button': {
      const buttons = fieldsIn(action?.buttons).flatMap(({ reply }) => readChoice(asFields(reply)));
      return buttons.length === 0 ? null : { type, buttons };
    }
    case 'list': {
      const sections = fieldsIn(action?.sections).flatMap(readSection);
      return sections.length === 0 ? null : { type, button: asWords(action?.button) ?? '', sections };
    }
    case 'cta_url': {
      const parameters = asFields(action?.parameters);
      const label = asWords(parameters?.display_text);
      const url = asWords(parameters?.url);
      return label === null || url === null ? null : { type, label, url };
    }
    case 'location_request_message':
    case 'request_contact_info':
      return { type };
    default:
      return null;
  }
}

function readSection(section: Fields): ListSection[] {
  const title = asWords(section.title);
  const rows = fieldsIn(section.rows).flatMap((row) => {
    const description = asWords(row.description);
    return readChoice(row).map((one) => (description === null ? one : { ...one, description }));
  });
  return rows.length === 0 ? [] : [{ ...(title === null ? {} : { title }), rows }];
}

function readChoice(choice: Fields | null): { id: string; title: string }[] {
  const title = asWords(choice?.title);
  return title === null ? [] : [{ id: asText(choice?.id) ?? title, title }];
}

/** What can be tapped, by whatever name it has; of a carousel what each card says first. */
function titlesOf(action: Fields | null): string[] {
  const ofCards = fieldsIn(action?.cards).flatMap((card) => [
    asWords(asFields(card.body)?.text),
    ...labelsOf(asFields(card.action)),
  ]);
  return [...labelsOf(action), ...ofCards].filter((title) => title !== null);
}

function labelsOf(action: Fields | null): (string | null)[] {
  const parameters = asFields(action?.parameters);
  return [
    ...[action?.button, parameters?.display_text, parameters?.flow_cta].map(asWords),
    ...fieldsIn(action?.buttons).map(({ reply }) => asWords(asFields(reply)?.title)),
    ...fieldsIn(action?.sections).flatMap(({ title, rows }) => [
      asWords(title),
      ...fieldsIn(rows).map((row) => asWords(row.title)),
    ]),
  ];
}
