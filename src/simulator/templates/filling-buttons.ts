import { type Fields, isObject } from '../fields.ts';
import { missingParameter } from '../graph-error.ts';
import { formatMismatch, parametersOf, partOf, wrongParameters } from './filling-parts.ts';

/** What a kind of button is filled in with; without an entry it takes nothing. */
const SUB_TYPES: Record<string, string> = {
  QUICK_REPLY: 'quick_reply',
  URL: 'url',
  COPY_CODE: 'copy_code',
  FLOW: 'flow',
  OTP: 'url',
};

/** Every button that needs a value has one, of its kind and at its place, and no other has. */
export function checkButtons(defined: Fields[], given: Fields[], place: string): void {
  const list = partOf(defined, 'BUTTONS')?.buttons;
  const buttons = Array.isArray(list) ? list.filter(isObject) : [];
  const byIndex = new Map(given.map((one) => [Number(one.index), one]));
  if (byIndex.size !== given.length) {
    throw wrongParameters(`${place}buttons: an index is given twice.`);
  }
  for (const [index, component] of byIndex) {
    const button = buttons[index];
    const type = String(button?.type ?? 'NONE').toUpperCase();
    if (SUB_TYPES[type] !== component.sub_type || (type === 'URL' && !isOpen(button))) {
      throw formatMismatch(
        `${place}buttons: Button at index ${index} is ${type} and takes no ${component.sub_type}.`,
      );
    }
    checkValue(
      isForCodes(button) ? 'OTP' : type,
      parametersOf(component),
      `${place}buttons: Button at index ${index}`,
    );
  }
  for (const [index, button] of buttons.entries()) {
    if (isOpen(button) && !byIndex.has(index)) {
      throw missingParameter(
        `${place}buttons: Button at index ${index} of type ${button.type} requires a parameter`,
      );
    }
  }
}

function isOpen(button: Fields | undefined): boolean {
  const type = String(button?.type).toUpperCase();
  return type === 'URL' ? /\{\{/.test(String(button?.url)) : ['COPY_CODE', 'FLOW', 'OTP'].includes(type);
}

/** Meta lists buttons for codes as links of its own. */
const isForCodes = (button: Fields | undefined): boolean =>
  /^https:\/\/www\.whatsapp\.com\/otp\//.test(String(button?.url));

function checkValue(type: string, [parameter, ...more]: Fields[], place: string): void {
  const kinds: Record<string, string> = { QUICK_REPLY: 'payload', COPY_CODE: 'coupon_code', FLOW: 'action' };
  const kind = kinds[type] ?? 'text';
  if (parameter?.type !== kind || more.length > 0) {
    throw formatMismatch(`${place} takes one parameter of the type ${kind}.`);
  }
  const text = String(parameter[kind]);
  const most = type === 'OTP' || type === 'COPY_CODE' ? 15 : type === 'URL' ? 2000 : 256;
  if (kind !== 'action' && (text.length > most || (kind !== 'payload' && /\s/.test(text)))) {
    throw wrongParameters(`${place}: ${text.length} characters where ${most} without spaces are allowed.`);
  }
}
