import { asFields, asText, asWords, type Fields, fieldsIn } from '../shape.ts';
import { hydrate } from '../template-definition.ts';
import type { TextValue } from '../template-message.ts';
import type { Reader } from './understood.ts';

/**
 * A template as it is sent: its name and what fills it, and none of its own words, unless its definition came beside it,
 * as `definition`.
 */
export const readSentTemplate: Reader = (message) => {
  const template = asFields(message.template);
  const name = asWords(template?.name);
  if (template === null || name === null) {
    return null;
  }
  const texts = fieldsIn(template.components).filter(isBody).flatMap(readTexts);
  const definition = asFields(message.definition);
  const body = bodyOf(definition, texts) ?? [name, ...texts.map(({ text }) => text)].join('\n');
  return {
    text: body,
    content: {
      kind: 'template',
      name,
      language: asWords(asFields(template.language)?.code) ?? '',
      category: asWords(definition?.category) ?? '',
      body,
      buttons: [],
      parts: texts.length === 0 ? [] : [{ part: 'body', texts }],
    },
  };
};

const isBody = ({ type }: Fields) => asWords(type)?.toLowerCase() === 'body';

function readTexts({ parameters }: Fields): TextValue[] {
  return fieldsIn(parameters).map((parameter) => {
    const name = asWords(parameter.parameter_name);
    return { text: readValue(parameter), ...(name === null ? {} : { name }) };
  });
}

/** Sums of money and dates carry their words with them. */
function readValue({ text, currency, date_time: moment }: Fields): string {
  return asText(text) ?? asText((asFields(currency) ?? asFields(moment))?.fallback_value) ?? '';
}

function bodyOf(definition: Fields | null, texts: readonly TextValue[]): string | null {
  const words = asWords(fieldsIn(definition?.components).find(isBody)?.text);
  const values = new Map(texts.map((one, index) => [one.name ?? String(index + 1), one.text]));
  return words && hydrate(words, (name) => values.get(name) ?? `{{${name}}}`);
}
