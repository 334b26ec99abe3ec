import { type Fields, isObject } from '../fields.ts';
import { parametersOf, partOf } from './filling-parts.ts';
import type { SimulatedTemplate } from './store.ts';

/** A template's words as they arrive on the customer's phone, a line for each part. */
export function hydratedText({ components }: SimulatedTemplate, content: unknown): string {
  const given =
    isObject(content) && Array.isArray(content.components) ? content.components.filter(isObject) : [];
  const cards = listOf(partOf(components, 'CAROUSEL')?.cards);
  const givenCards = listOf(given.find(({ type }) => type === 'carousel')?.cards);
  return [
    ...linesOf(components, given),
    ...cards.flatMap((card, index) =>
      linesOf(listOf(card.components), listOf(givenCards[index]?.components)),
    ),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function linesOf(components: Fields[], given: Fields[]): string[] {
  const buttons = listOf(partOf(components, 'BUTTONS')?.buttons);
  return [
    filled(partOf(components, 'HEADER')?.text, given, 'header'),
    filled(partOf(components, 'BODY')?.text, given, 'body'),
    filled(partOf(components, 'FOOTER')?.text, [], 'footer'),
    ...buttons.map(({ text }) => `[ ${text} ]`),
  ];
}

function filled(words: unknown, given: Fields[], part: string): string {
  const parameters = given.filter(({ type }) => type === part).flatMap(parametersOf);
  const byName = new Map(parameters.map((one, index) => [String(one.parameter_name ?? index + 1), one.text]));
  return typeof words === 'string'
    ? words.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => String(byName.get(name) ?? ''))
    : '';
}

const listOf = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isObject) : []);
