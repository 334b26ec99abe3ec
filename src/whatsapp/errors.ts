import { ERROR_RULES, type ErrorClass, type ErrorRule, type ErrorScope } from './error-table.ts';
import { CALL_WORDS, ERROR_WORDS, type ErrorWords, OTHER_WORDS, PERMISSION_WORDS } from './error-words.ts';

export type { ErrorClass, ErrorScope } from './error-table.ts';
export type { MetaError } from './meta-error.ts';

/** What Meta adds to a code, as far as it decides anything. */
export type ErrorDetails = { subcode?: number | null; isTransient?: boolean; httpStatus?: number };

const INVALID = 100;
const OBJECT_MISSING = 33;

/** What an error code asks for; without an entry it is final, unless Meta says that it passes. */
export function classOf(code: number, details: ErrorDetails = {}): ErrorClass {
  return ruleOf(code, details).class;
}

/** What has to rest or pause, or null when only the message itself is meant. */
export function scopeOf(code: number, details: ErrorDetails = {}): ErrorScope | null {
  return ruleOf(code, details).scope ?? null;
}

/** How long Meta is known to ask one to wait, ms, or null. */
export function waitOf(code: number): number | null {
  return ERROR_RULES.get(code)?.waitMs ?? null;
}

/** Meta says that an object is missing, or not for this token, with a code of its own or with a subcode of another. */
export function meantCode(code: number, subcode: number | null = null): number {
  return code === INVALID && subcode === OBJECT_MISSING ? OBJECT_MISSING : code;
}

/** An object is missing, or this token has no access to it: Meta does not say which of the two. */
export function isObjectMissing(code: number, subcode: number | null): boolean {
  return meantCode(code, subcode) === OBJECT_MISSING;
}

/** Whether it is about a template itself: it has changed, was stopped, or is gone, and what is known of it is out of date. */
export function isAboutTemplate(code: number): boolean {
  return code >= 132_000 && code <= 132_018;
}

/** The error for the person who wrote the message: what happened, and what to do next. */
export function inPlainWords(code: number): ErrorWords {
  const ofRange = isPermission(code) ? PERMISSION_WORDS : isAboutCalls(code) ? CALL_WORDS : OTHER_WORDS;
  return ERROR_WORDS.get(code) ?? ofRange;
}

function ruleOf(code: number, { subcode, isTransient, httpStatus }: ErrorDetails): ErrorRule {
  const rule = ERROR_RULES.get(meantCode(code, subcode));
  if (rule) {
    return rule;
  } else if (isPermission(code)) {
    return { class: 'A', scope: 'number' };
  } else if (httpStatus === 429) {
    return { class: 'R*', scope: 'account' };
  } else {
    return { class: isTransient ? 'R' : 'F' };
  }
}

function isPermission(code: number): boolean {
  return code >= 200 && code <= 299;
}

function isAboutCalls(code: number): boolean {
  return code >= 138_000 && code <= 138_999;
}
