import { asObject, type Fields, isObject } from '../fields.ts';
import { GraphError } from '../graph-error.ts';
import type { NumberState } from '../numbers.ts';
import type { World } from '../world.ts';
import { checkButtons } from './filling-buttons.ts';
import { countMismatch, formatMismatch, parametersOf, partOf, wrongParameters } from './filling-parts.ts';
import { type SimulatedTemplate, templatesOf } from './store.ts';

/** Lays a message of a template beside the template itself, as Meta does before it takes the message on. */
export function checkFilling(world: World, number: NumberState, content: unknown): SimulatedTemplate {
  const given = asObject(content, 'template');
  const language = String(asObject(given.language, 'template.language').code);
  const template = findTemplate(world, number, String(given.name), language);
  const components = Array.isArray(given.components) ? given.components.filter(isObject) : [];
  const defined = template.components;
  checkPart(template, defined, components, '');
  checkOffer(world, defined, components);
  checkCarousel(template, defined, components);
  return template;
}

function findTemplate(
  world: World,
  { wabaId }: NumberState,
  name: string,
  language: string,
): SimulatedTemplate {
  const template = templatesOf(world, wabaId).find(
    (one) => one.name === name && one.language.replaceAll('-', '_') === language,
  );
  if (template?.status === 'PAUSED') {
    throw new GraphError(400, 132015, '(#132015) Template is paused', {
      details: 'Template is paused due to low quality.',
    });
  } else if (template?.status === 'DISABLED') {
    throw new GraphError(400, 132016, '(#132016) Template is disabled', {
      details: 'Template has been paused too many times due to low quality and is now permanently disabled.',
    });
  } else if (template?.status !== 'APPROVED') {
    throw new GraphError(404, 132001, '(#132001) Template name does not exist in the translation', {
      details: `template name (${name}) does not exist in ${language}`,
    });
  }
  return template;
}

/** Header, body and buttons of the message, or of one card. */
function checkPart(template: SimulatedTemplate, defined: Fields[], given: Fields[], place: string): void {
  checkHeader(template, partOf(defined, 'HEADER'), given.filter(isOf('header')), place);
  checkBody(template, defined, given.filter(isOf('body')), place);
  checkButtons(defined, given.filter(isOf('button')), place);
}

const isOf = (type: string) => (component: Fields) => String(component.type).toLowerCase() === type;

function checkHeader(
  template: SimulatedTemplate,
  header: Fields | null,
  given: Fields[],
  place: string,
): void {
  const parameters = given.flatMap(parametersOf);
  const format = header === null ? 'NONE' : String(header.format ?? 'TEXT').toUpperCase();
  if (format === 'TEXT' && header !== null) {
    checkTexts(template, String(header.text ?? ''), parameters, { part: `${place}header`, most: 60 });
  } else if (header === null) {
    expectCount(parameters, 0, `${place}header`);
  } else {
    const [parameter] = parameters;
    const received = String(parameter?.type ?? 'unknown').toUpperCase();
    if (parameters.length !== 1 || received !== format) {
      throw formatMismatch(`${place}header: Format mismatch, expected ${format}, received ${received}`);
    }
  }
}

function checkBody(template: SimulatedTemplate, defined: Fields[], given: Fields[], place: string): void {
  const parameters = given.flatMap(parametersOf);
  const text = String(partOf(defined, 'BODY')?.text ?? '');
  const isOffer = partOf(defined, 'LIMITED_TIME_OFFER') !== null;
  const most = place !== '' ? 160 : isOffer ? 600 : 1024;
  checkTexts(template, text, parameters, { part: `${place}body`, most });
}

const VARIABLE = /\{\{\s*(\w+)\s*\}\}/g;

function checkTexts(
  { parameterFormat }: SimulatedTemplate,
  text: string,
  parameters: Fields[],
  { part, most }: { part: string; most: number },
): void {
  const names = [...new Set([...text.matchAll(VARIABLE)].map(([, name]) => name ?? ''))];
  expectCount(parameters, names.length, part);
  const values = new Map<string, string>();
  for (const [index, parameter] of parameters.entries()) {
    const name = parameter.parameter_name;
    const isNamed = parameterFormat === 'NAMED';
    if (isNamed ? !names.includes(String(name)) : name !== undefined) {
      throw formatMismatch(`${part}: parameter_name ${JSON.stringify(name)} is not what the template has.`);
    }
    const value = wordsOf(parameter, part);
    values.set(isNamed ? String(name) : String(index + 1), value);
  }
  expectCount([...values], names.length, part);
  const whole = text.replace(VARIABLE, (_, name: string) => values.get(name) ?? '');
  if (whole.length > most) {
    throw new GraphError(400, 132005, '(#132005) Translated text too long', {
      details: `${part}: the text has ${whole.length} characters, ${most} are allowed.`,
    });
  }
}

/** New lines and much space could make one approved sentence look like several. */
function wordsOf(parameter: Fields, part: string): string {
  if (parameter.type === 'currency' || parameter.type === 'date_time') {
    return String(asObject(parameter[parameter.type], part).fallback_value);
  } else if (parameter.type !== 'text') {
    throw formatMismatch(`${part}: expected text, received ${parameter.type}`);
  }
  const text = String(parameter.text);
  if (/[\n\r\t]| {5}/.test(text) || text.trim() === '') {
    throw wrongParameters(
      `${part}: Param text cannot have new-line/tab characters or more than 4 consecutive spaces`,
    );
  }
  return text;
}

function expectCount(given: readonly unknown[], expected: number, part: string): void {
  if (given.length !== expected) {
    throw countMismatch(part, given.length, expected);
  }
}

function checkOffer(world: World, defined: Fields[], given: Fields[]): void {
  const offer = partOf(defined, 'LIMITED_TIME_OFFER')?.limited_time_offer;
  const [component] = given.filter(isOf('limited_time_offer'));
  const expires = isObject(offer) && offer.has_expiration === true;
  if (expires !== (component !== undefined)) {
    throw formatMismatch('limited_time_offer: given where there is none, or missing.');
  }
  const [parameter] = component ? parametersOf(component) : [];
  const value = isObject(parameter?.limited_time_offer) ? parameter.limited_time_offer : {};
  const at = value.expiration_time_ms;
  if (expires && (typeof at !== 'number' || at <= world.now())) {
    throw wrongParameters('limited_time_offer: expiration_time_ms must be a moment to come.');
  }
}

function checkCarousel(template: SimulatedTemplate, defined: Fields[], given: Fields[]): void {
  const cards = partOf(defined, 'CAROUSEL')?.cards;
  const [component] = given.filter(isOf('carousel'));
  const expected = Array.isArray(cards) ? cards : [];
  const received = Array.isArray(component?.cards) ? component.cards : [];
  if (expected.length !== received.length) {
    throw countMismatch('carousel', received.length, expected.length);
  }
  for (const [index, card] of received.entries()) {
    const place = `carousel card ${index}: `;
    if (!isObject(card) || card.card_index !== index) {
      throw wrongParameters(`${place}card_index must be ${index}.`);
    }
    const parts = Array.isArray(card.components) ? card.components.filter(isObject) : [];
    checkPart(template, listOf(expected[index]), parts, place);
  }
}

function listOf(card: unknown): Fields[] {
  return isObject(card) && Array.isArray(card.components) ? card.components.filter(isObject) : [];
}
