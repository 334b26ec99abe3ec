import { type Hostile, hostileTexts, hostileValues } from './hostile-values.ts';
import type { Fields, Kind, Named } from './webhook-kinds/kind.ts';

type Json = Fields[string];
type Path = readonly (string | number)[];

/** One way to spoil a change: a place in it, and what stands there, or what is added beside it as a key. */
export type Spoiling = { kind: Kind; path: Path; as: 'value' | 'key'; hostile: Hostile };

export type Spoiled = Spoiling & {
  /** Finds the change again, wherever it is kept. */
  tag: string;
  /** The id of the item, unless that is what was spoiled. */
  wamid: string;
  /** The id of a sound message right after it in the same list, unless the list or its number was spoiled. */
  neighbour: string | null;
  bytes: Buffer;
};

const MARK = '@@hostile@@';
const nobody: Named = { phoneNumberId: '1', wamid: 'wamid.2', earlier: 'wamid.3', phone: '4' };
const NEIGHBOUR = { from: '263779111111', timestamp: '1795348801', type: 'text' };

/** Every place of every kind with everything hostile in it: as a value, and texts also as the name of a key. */
export function everySpoiling(kinds: readonly Kind[]): Spoiling[] {
  return everyPlace(kinds).flatMap((place) => [
    ...[...hostileTexts, ...hostileValues].map((hostile) => ({ ...place, as: 'value' as const, hostile })),
    ...hostileTexts
      .filter(() => typeof place.path.at(-1) === 'string')
      .map((hostile) => ({ ...place, as: 'key' as const, hostile })),
  ]);
}

/** Every place in a change of every kind, the lists and objects in it as well. */
export function everyPlace(kinds: readonly Kind[]): Pick<Spoiling, 'kind' | 'path'>[] {
  return kinds.flatMap((kind) => placesIn(changeOf(kind, nobody)).map((path) => ({ kind, path })));
}

export function spoil(spoiling: Spoiling, named: Omit<Named, 'wamid'>, serial: number): Spoiled {
  const { kind, path, as, hostile } = spoiling;
  const tag = `h${serial}h`;
  const wamid = `wamid.${tag}`;
  const change = changeOf(kind, { ...named, wamid });
  const hasNeighbour = kind.field === 'messages' && !isAround(path);
  if (hasNeighbour) {
    addMessage(change, { ...NEIGHBOUR, id: `${wamid}.next`, text: { body: tag } });
  }
  put(change, as === 'value' ? path : [...path.slice(0, -1), MARK], MARK);
  const text = JSON.stringify({ ...change, tag });
  return {
    ...spoiling,
    tag,
    wamid,
    neighbour: hasNeighbour ? `${wamid}.next` : null,
    bytes: Buffer.concat(text.split(JSON.stringify(MARK)).flatMap(between(hostile.json))),
  };
}

/** A webhook's body with these changes. */
export function webhookOf(wabaId: string, changes: readonly Buffer[]): Buffer<ArrayBuffer> {
  const head = `{"object":"whatsapp_business_account","entry":[{"id":"${wabaId}","changes":[`;
  return Buffer.concat([
    Buffer.from(head),
    ...changes.flatMap((bytes, place) => (place === 0 ? [bytes] : [Buffer.from(','), bytes])),
    Buffer.from(']}]}'),
  ]);
}

function changeOf(kind: Kind, named: Named): Fields {
  return structuredClone({ field: kind.field, value: kind.value(named) });
}

function placesIn(value: Json | undefined): Path[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const entries: [string | number, Json][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return entries.flatMap(([key, child]) => [[key], ...placesIn(child).map((rest) => [key, ...rest])]);
}

/** Whether what stands at this place decides where the whole change goes, or holds all of its messages. */
function isAround(path: Path): boolean {
  const [top, second, third] = path;
  return (
    top === 'field' ||
    path.length === 1 ||
    (second === 'messages' && path.length === 2) ||
    (second === 'metadata' && (path.length === 2 || third === 'phone_number_id'))
  );
}

function addMessage({ value }: Fields, message: Fields): void {
  const fields = objectIn(value);
  fields.messages = [...(Array.isArray(fields.messages) ? fields.messages : []), message];
}

function put(change: Fields, path: Path, value: Json): void {
  const parent = path.slice(0, -1).reduce((at: Json | undefined, key) => objectIn(at)[key], change);
  objectIn(parent)[path.at(-1) ?? ''] = value;
}

/** A list is an object whose keys are numbers: here that is all the same. */
function objectIn(value: Json | undefined): { [key: string | number]: Json } {
  if (typeof value !== 'object' || value === null) {
    throw new Error('There is no such place in the change');
  }
  return value as { [key: string | number]: Json };
}

const between = (inserted: Buffer) => (part: string, place: number) =>
  place === 0 ? [Buffer.from(part)] : [inserted, Buffer.from(part)];
