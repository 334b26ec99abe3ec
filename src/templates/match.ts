import { Invalid } from '#src/errors.ts';
import { type ComponentValue, readComponents } from '#src/whatsapp/template-components.ts';
import type { Button, Header, Worded } from '#src/whatsapp/template-definition.ts';
import { keyOf, takesCode } from './field.ts';
import type { Given, GivenFile } from './given.ts';
import type { Template } from './template.ts';

type Matching = {
  template: Template;
  texts: Map<string, string>;
  files: Map<string, GivenFile>;
  payloads: Map<string, string>;
  flows: Map<string, { token?: string; data?: Readonly<Record<string, unknown>> }>;
  problems: Map<string, string>;
};

/** Lays components, as the Graph API takes them, beside what the template has. Throws `Invalid` by their paths. */
export function matchComponents(template: Template, components: unknown): Given {
  const { values, problems } = readComponents(components);
  const matching: Matching = {
    template,
    texts: new Map(),
    files: new Map(),
    payloads: new Map(),
    flows: new Map(),
    problems,
  };
  for (const value of values) {
    match(matching, value);
  }
  const { cards } = template.definition;
  const given = new Set(values.map(({ card }) => card).filter((card) => card !== null));
  if (cards.length > 0 && given.size !== cards.length) {
    problems.set(
      'template.components',
      `The carousel has ${cards.length} cards, and ${given.size} are given.`,
    );
  }
  if (problems.size > 0) {
    throw new Invalid(Object.fromEntries(problems));
  }
  return matching;
}

function match(matching: Matching, value: ComponentValue): void {
  const { definition } = matching.template;
  const where = value.card === null ? definition : definition.cards[value.card];
  if (where === undefined) {
    matching.problems.set(value.path, 'The template has no such card.');
  } else if (value.part === 'button') {
    matchButton(matching, value, where.buttons[value.index]);
  } else if (value.part === 'header') {
    matchHeader(matching, value, where.header);
  } else if (value.part === 'body') {
    matchBody(matching, value, where.body);
  } else if (definition.offer?.expires) {
    matching.texts.set('offer', value.at);
  } else {
    matching.problems.set(value.path, 'The template has no offer that ends.');
  }
}

type Of<Part> = Extract<ComponentValue, { part: Part }>;

function matchHeader(matching: Matching, value: Of<'header'>, header: Header | null): void {
  const { card, path } = value;
  const { texts, files, problems } = matching;
  if (value.is === 'texts' && header?.format === 'text') {
    matchTexts(matching, value, header, 'header');
  } else if (value.is === 'place' && header?.format === 'location') {
    for (const [name, text] of Object.entries(value.place)) {
      texts.set(keyOf(card, 'header', name), text);
    }
  } else if (value.is === 'file' && header?.format === value.format) {
    const named = value.filename === null ? {} : { filename: value.filename };
    files.set(keyOf(card, 'header'), { source: value.file, as: value.format, ...named });
  } else {
    const has =
      header === null
        ? 'The template has no header.'
        : `The template’s header is of the kind ${header.format}.`;
    problems.set(path, has);
  }
}

function matchBody(matching: Matching, value: Of<'body'>, body: Worded | null): void {
  const { texts, problems, template } = matching;
  if (value.card === null && takesCode(template.definition)) {
    texts.set('code', value.texts[0]?.text ?? '');
  } else if (body === null) {
    problems.set(value.path, 'This card has no words of its own.');
  } else {
    matchTexts(matching, value, body, 'body');
  }
}

function matchTexts(
  { template, texts, problems }: Matching,
  { path, card, texts: given }: Extract<ComponentValue, { is: 'texts' }>,
  { variables }: Worded,
  part: string,
): void {
  if (given.length !== variables.length) {
    problems.set(
      `${path}.parameters`,
      `The ${part} takes ${variables.length} values, and ${given.length} are given (Meta’s error 132000).`,
    );
    return;
  }
  for (const [index, { text, name }] of given.entries()) {
    const variable = template.isNamed
      ? variables.find((one) => one.name === name)
      : name === null
        ? variables[index]
        : undefined;
    if (variable) {
      texts.set(keyOf(card, part, variable.name), text);
    } else {
      problems.set(`${path}.parameters[${index}]`, nameProblem(template, variables, name));
    }
  }
}

function nameProblem({ isNamed }: Template, variables: Worded['variables'], name: string | null): string {
  const names = variables.map((one) => one.name).join(', ');
  if (!isNamed) {
    return 'The template counts its values: leave out parameter_name.';
  } else if (name === null) {
    return `The template names its values: give parameter_name, one of ${names}.`;
  } else {
    return `The template has no value “${name}”. It has ${names}.`;
  }
}

function matchButton(matching: Matching, value: Of<'button'>, button: Button | undefined): void {
  const { texts, payloads, flows, problems } = matching;
  const key = keyOf(value.card, 'button', value.index);
  const kind = button?.kind;
  if (value.is === 'payload' && kind === 'quick_reply') {
    checkPayload(problems, value.path, value.text);
    payloads.set(key, value.text);
  } else if (value.is === 'flow' && kind === 'flow') {
    const token = value.token === null ? {} : { token: value.token };
    flows.set(key, { ...token, ...(value.data === null ? {} : { data: value.data }) });
  } else if (value.is === 'suffix' && kind === 'otp') {
    texts.set('code', texts.get('code') ?? value.text);
  } else if ((value.is === 'suffix' && kind === 'url') || (value.is === 'code' && kind === 'copy_code')) {
    if (button?.variable == null) {
      problems.set(value.path, 'This button takes no value.');
    } else if ('text' in value) {
      texts.set(key, value.text);
    }
  } else {
    const has =
      kind === undefined
        ? 'There is no button at this index.'
        : `The button at this index is of the kind ${kind}.`;
    problems.set(value.path, has);
  }
}

function checkPayload(problems: Map<string, string>, path: string, payload: string): void {
  if (payload === '' || payload.length > 256) {
    problems.set(`${path}.parameters[0].payload`, 'A payload has 1 to 256 characters.');
  }
}
