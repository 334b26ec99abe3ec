import {
  asArray,
  asObject,
  type Fields,
  onlyKeys,
  requireNumber,
  requireOneOf,
  requireText,
} from '../fields.ts';
import { GraphError, invalidParameter } from '../graph-error.ts';
import { checkTemplateParameter } from './template-parameter.ts';

/** Checks the form of a template message; `checkFilling` lays it beside the template that it names. */
export function checkTemplate(content: unknown): void {
  const template = asObject(content, 'template');
  onlyKeys(template, 'template', ['name', 'language', 'components']);
  const name = requireText(template, 'name', 'template', { max: 512 });
  if (!/^[a-z0-9_]+$/.test(name)) {
    throw new GraphError(404, 132001, '(#132001) Template name does not exist in the translation', {
      details: `template name (${name}) is not made of small letters, digits and underscores`,
    });
  }
  const language = asObject(template.language, 'template.language');
  onlyKeys(language, 'template.language', ['code', 'policy']);
  const code = requireText(language, 'code', 'template.language');
  if (!/^[a-z]{2,3}(_[A-Z]{2,4})?$/.test(code)) {
    throw invalidParameter(`template.language.code is "${code}": codes are written like en or pt_BR.`);
  }
  if (template.components !== undefined) {
    asArray(template.components, 'template.components', { min: 0, max: 20 }).forEach((item, index) => {
      checkComponent(item, `template.components[${index}]`);
    });
  }
}

function checkComponent(item: unknown, path: string): void {
  const component = asObject(item, path);
  const kinds = ['header', 'body', 'button', 'limited_time_offer', 'carousel'];
  switch (requireOneOf(component, 'type', path, kinds)) {
    case 'button':
      onlyKeys(component, path, ['type', 'sub_type', 'index', 'parameters']);
      checkButton(component, path);
      break;
    case 'carousel':
      onlyKeys(component, path, ['type', 'cards']);
      checkCards(component, path);
      break;
    default:
      onlyKeys(component, path, ['type', 'parameters']);
      checkParameters(component, path);
  }
}

function checkButton(component: Fields, path: string): void {
  requireOneOf(component, 'sub_type', path, [
    'quick_reply',
    'url',
    'copy_code',
    'flow',
    'catalog',
    'mpm',
    'voice_call',
  ]);
  if (!/^[0-9]$/.test(String(component.index))) {
    throw invalidParameter(`${path}.index must be the place of the button, 0 to 9.`);
  }
  checkParameters(component, path);
}

function checkCards(component: Fields, path: string): void {
  asArray(component.cards, `${path}.cards`, { min: 2, max: 10 }).forEach((item, index) => {
    const place = `${path}.cards[${index}]`;
    const card = asObject(item, place);
    onlyKeys(card, place, ['card_index', 'components']);
    requireNumber(card, 'card_index', place, [0, 9]);
    asArray(card.components, `${place}.components`).forEach((part, number) => {
      checkComponent(part, `${place}.components[${number}]`);
    });
  });
}

/** All variables of a component are named, or none is. */
function checkParameters(component: Fields, path: string): void {
  if (component.parameters === undefined) {
    return;
  }
  const names = asArray(component.parameters, `${path}.parameters`, { min: 0 }).map((item, index) =>
    checkTemplateParameter(item, `${path}.parameters[${index}]`),
  );
  if (names.some((name) => name === null) && names.some((name) => name !== null)) {
    throw new GraphError(
      400,
      132012,
      '(#132012) Parameter format does not match format in the created template',
      {
        details: `${path}: named and numbered variables are mixed.`,
      },
    );
  }
}
