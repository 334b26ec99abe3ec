import { invalidParameter, missingParameter } from './graph-error.ts';

export type Fields = Record<string, unknown>;

type Length = { min?: number; max?: number };

/** The value as a JSON object, or a refusal that names where it stands. */
export function asObject(value: unknown, path: string): Fields {
  if (value === undefined) {
    throw missingParameter(path);
  }
  if (!isObject(value)) {
    throw invalidParameter(`${path} must be a JSON object.`);
  }
  return value;
}

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function asArray(value: unknown, path: string, { min = 1, max = 1000 }: Length = {}): unknown[] {
  if (value === undefined) {
    throw missingParameter(path);
  }
  if (!Array.isArray(value)) {
    throw invalidParameter(`${path} must be an array.`);
  }
  if (value.length < min || value.length > max) {
    throw invalidParameter(`${path} must have between ${min} and ${max} items, it has ${value.length}.`);
  }
  return value;
}

/** Refuses keys that Meta does not document: a misspelt key must not pass as an absent one. */
export function onlyKeys(fields: Fields, path: string, allowed: readonly string[]): void {
  for (const key of Object.keys(fields)) {
    if (!allowed.includes(key)) {
      throw invalidParameter(`Unexpected key "${key}" on param "${path}".`);
    }
  }
}

/** A required text. Lengths count UTF-16 units, as JavaScript does. */
export function requireText(fields: Fields, key: string, path: string, length: Length = {}): string {
  if (fields[key] === undefined) {
    throw missingParameter(`${path}.${key}`);
  }
  return checkText(fields[key], `${path}.${key}`, length);
}

export function optionalText(fields: Fields, key: string, path: string, length: Length = {}): void {
  if (fields[key] !== undefined) {
    checkText(fields[key], `${path}.${key}`, length);
  }
}

function checkText(value: unknown, path: string, { min = 1, max = 4096 }: Length): string {
  if (typeof value !== 'string') {
    throw invalidParameter(`${path} must be a string.`);
  }
  if (value.length < min || value.length > max) {
    throw invalidParameter(`${path} must be between ${min} and ${max} characters, it has ${value.length}.`);
  }
  return value;
}

export function optionalBoolean(fields: Fields, key: string, path: string): void {
  if (fields[key] !== undefined && typeof fields[key] !== 'boolean') {
    throw invalidParameter(`${path}.${key} must be true or false.`);
  }
}

export function requireNumber(fields: Fields, key: string, path: string, range: [number, number]): void {
  const value = fields[key];
  if (value === undefined) {
    throw missingParameter(`${path}.${key}`);
  }
  if (typeof value !== 'number' || value < range[0] || value > range[1]) {
    throw invalidParameter(`${path}.${key} must be a number from ${range[0]} to ${range[1]}.`);
  }
}

export function requireOneOf(fields: Fields, key: string, path: string, allowed: readonly string[]): string {
  const value = requireText(fields, key, path);
  if (!allowed.includes(value)) {
    throw invalidParameter(`${path}.${key} must be one of {${allowed.join(', ')}}, not "${value}".`);
  }
  return value;
}

/** An address that Meta's servers could fetch. */
export function requireUrl(fields: Fields, key: string, path: string): void {
  const value = requireText(fields, key, path, { max: 2000 });
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
    throw invalidParameter(`${path}.${key} must be an http or https address.`);
  }
}
