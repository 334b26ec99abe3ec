import { authorizeWaba } from '../authorization.ts';
import type { Incoming, Reply } from '../exchange.ts';
import type { Fields } from '../fields.ts';
import { GraphError, invalidParameter } from '../graph-error.ts';
import type { World } from '../world.ts';
import { type SimulatedTemplate, templatesOf } from './store.ts';

const DEFAULTS = ['name', 'parameter_format', 'components', 'language', 'status', 'category'];
const PARAMETERS = ['fields', 'limit', 'after', 'before', 'name', 'status', 'category', 'language'];

/** `GET /{waba}/message_templates`: filtered, page by page. */
export function listTemplates(world: World, { request, url, id }: Incoming): Reply {
  authorizeWaba(world, request, id);
  const query = url.searchParams;
  const unknown = [...query.keys()].find((key) => !PARAMETERS.includes(key));
  if (unknown !== undefined) {
    throw invalidParameter(`Unknown parameter "${unknown}".`);
  }
  const found = templatesOf(world, id).filter((one) => isAsked(one, query));
  const limit = readLimit(query.get('limit'));
  const start = query.has('after') ? readCursor(query.get('after')) : 0;
  const shown = found.slice(start, start + limit);
  const data = shown.map((one) => pick(one, query.get('fields')?.split(',') ?? DEFAULTS));
  const after = writeCursor(start + shown.length);
  const hasMore = start + shown.length < found.length;
  const next = new URL(url);
  next.searchParams.set('after', after);
  return {
    body: {
      data,
      ...(shown.length === 0
        ? {}
        : {
            paging: {
              cursors: { before: writeCursor(start), after },
              ...(hasMore ? { next: next.href } : {}),
            },
          }),
    },
  };
}

function isAsked(template: SimulatedTemplate, query: URLSearchParams): boolean {
  const { name, status, category, language } = template;
  const all = Object.entries({ status, category, language });
  return (
    name.includes(query.get('name') ?? '') &&
    all.every(([key, value]) => !query.has(key) || query.get(key) === value)
  );
}

function readLimit(given: string | null): number {
  const limit = given === null ? 25 : Number(given);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
    throw invalidParameter('limit must be a number from 1 to 1000.');
  }
  return limit;
}

/** Cursors lead on from where they were given, and mean nothing to anybody else. */
function writeCursor(position: number): string {
  return Buffer.from(`at:${position}`).toString('base64url');
}

function readCursor(given: string | null): number {
  const position = /^at:(\d+)$/.exec(Buffer.from(given ?? '', 'base64url').toString())?.[1];
  if (position === undefined) {
    throw new GraphError(400, 100, '(#100) Invalid cursor');
  }
  return Number(position);
}

function pick(template: SimulatedTemplate, asked: string[]): Fields {
  const fields: Fields = {
    id: template.id,
    name: template.name,
    language: template.language,
    status: template.status,
    category: template.category,
    sub_category: 'CUSTOM',
    previous_category: template.previousCategory,
    correct_category: undefined,
    parameter_format: template.parameterFormat,
    components: template.components,
    quality_score: { score: template.quality, date: 1_790_000_000 },
    rejected_reason: template.rejectedReason,
  };
  const unknown = asked.find((field) => !(field in fields));
  if (unknown !== undefined) {
    throw new GraphError(
      400,
      100,
      `(#100) Tried accessing nonexisting field (${unknown}) on node type (WhatsAppMessageTemplate)`,
    );
  }
  return Object.fromEntries([...new Set([...asked, 'id'])].map((field) => [field, fields[field]]));
}
