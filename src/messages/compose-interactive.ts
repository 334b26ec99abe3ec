import { BODY_LIMITS, canBeFramed, canBeginWithFile, LIMITS } from '#src/whatsapp/outgoing-limits.ts';
import { Faults } from './faults.ts';
import type { Ask, AskedHeading, AskedInteractive, ListSection } from './interactive.ts';

type Of<T extends Ask['type']> = Extract<Ask, { type: T }>;

/** Throws `Invalid` by the paths of Meta's JSON. Whether the file of a heading may go is for `withHeading` to say. */
export function readInteractive(
  given: string,
  content: AskedInteractive,
): { text: string; content: AskedInteractive } {
  const { type } = content.ask;
  const faults = new Faults();
  const text = faults.required('interactive.body.text', 'The text', given, BODY_LIMITS[type]);
  const header = readHeader(faults, content);
  const footer = faults.optional('interactive.footer.text', 'The last line', content.footer, LIMITS.footer);
  if (!canBeFramed(type) && (header !== undefined || footer !== undefined)) {
    faults.add('interactive.header', 'WhatsApp takes no heading and no last line with this kind of message.');
  }
  const ask = readAsk(faults, content.ask);
  faults.refuse();
  const frame = {
    ...(header === undefined ? {} : { header }),
    ...(footer === undefined ? {} : { footer }),
  };
  return { text, content: { kind: 'interactive', ...frame, ask } };
}

function readHeader(faults: Faults, { header, ask }: AskedInteractive): string | AskedHeading | undefined {
  if (typeof header !== 'object') {
    return faults.optional('interactive.header.text', 'The heading', header, LIMITS.header);
  } else if (canBeFramed(ask.type) && !canBeginWithFile(ask.type)) {
    faults.add(
      'interactive.header',
      `WhatsApp takes no file as the heading of a list, only a text of at most ${LIMITS.header} characters.`,
    );
  } else if (!(header.fileId > 0)) {
    faults.add('interactive.header', 'The file of the heading is missing: choose one, or another heading.');
  }
  return header;
}

function readAsk(faults: Faults, ask: Ask): Ask {
  switch (ask.type) {
    case 'button':
      return readButtons(faults, ask);
    case 'list':
      return readList(faults, ask);
    case 'cta_url':
      return readLink(faults, ask);
    default:
      return ask;
  }
}

function readButtons(faults: Faults, ask: Of<'button'>): Ask {
  const path = 'interactive.action.buttons';
  faults.count(path, 'buttons', ask.buttons.length, LIMITS.buttons);
  const buttons = ask.buttons.map(({ id, title }, index) => ({
    id: faults.required(`${path}[${index}].reply.id`, 'The id of a button', id, LIMITS.buttonId),
    title: faults.required(
      `${path}[${index}].reply.title`,
      'The title of a button',
      title,
      LIMITS.buttonTitle,
    ),
  }));
  faults.unique(
    path,
    'The titles of buttons',
    buttons.map(({ title }) => title),
  );
  faults.unique(
    path,
    'The ids of buttons',
    buttons.map(({ id }) => id),
  );
  return { type: 'button', buttons };
}

function readList(faults: Faults, ask: Of<'list'>): Ask {
  const path = 'interactive.action';
  const button = faults.required(
    `${path}.button`,
    'The button that opens the list',
    ask.button,
    LIMITS.listButton,
  );
  faults.count(`${path}.sections`, 'sections', ask.sections.length, LIMITS.sections);
  const needsTitles = ask.sections.length > 1;
  const sections = ask.sections.map((section, index) =>
    readSection(faults, section, `${path}.sections[${index}]`, needsTitles),
  );
  const rows = sections.flatMap((section) => section.rows);
  faults.count(`${path}.sections`, 'rows in all sections together', rows.length, LIMITS.rows);
  faults.unique(
    `${path}.sections`,
    'The ids of rows',
    rows.map(({ id }) => id),
  );
  return { type: 'list', button, sections };
}

function readSection(faults: Faults, section: ListSection, path: string, needsTitle: boolean): ListSection {
  const what = 'The title of a section';
  const title = needsTitle
    ? faults.required(`${path}.title`, what, section.title ?? '', LIMITS.sectionTitle)
    : faults.optional(`${path}.title`, what, section.title, LIMITS.sectionTitle);
  const rows = section.rows.map((row, index) => {
    const at = `${path}.rows[${index}]`;
    const description = faults.optional(
      `${at}.description`,
      'The description of a row',
      row.description,
      LIMITS.rowDescription,
    );
    return {
      id: faults.required(`${at}.id`, 'The id of a row', row.id, LIMITS.rowId),
      title: faults.required(`${at}.title`, 'The title of a row', row.title, LIMITS.rowTitle),
      ...(description === undefined ? {} : { description }),
    };
  });
  if (rows.length === 0) {
    faults.add(`${path}.rows`, 'A section needs at least one row.');
  }
  return { ...(title === undefined ? {} : { title }), rows };
}

function readLink(faults: Faults, ask: Of<'cta_url'>): Ask {
  const path = 'interactive.action.parameters';
  const label = faults.required(`${path}.display_text`, 'The label of the link', ask.label, LIMITS.linkLabel);
  const url = faults.required(`${path}.url`, 'The address of the link', ask.url, LIMITS.url);
  if (url !== '' && !isWebAddress(url)) {
    faults.add(`${path}.url`, 'The address of the link has to begin with https:// or http://.');
  }
  return { type: 'cta_url', label, url };
}

const isWebAddress = (url: string) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
