import type { Answer, Exchange } from './exchange.ts';
import type { Failure } from './failure.ts';
import { isSuccess, type Unsettled, unsettled } from './outcome.ts';
import { asFields, asList, asText, asWords, type Fields } from './shape.ts';

/** A template as Meta lists it. Words of Meta's stay as they are; unknown ones too. */
export type ListedTemplate = {
  id: string;
  name: string;
  /** With an underscore, like `pt_BR`. */
  language: string;
  status: string;
  category: string;
  previousCategory: string | null;
  correctCategory: string | null;
  subCategory: string | null;
  parameterFormat: 'POSITIONAL' | 'NAMED';
  /** JSON: what `readDefinition` reads. */
  components: string;
  quality: string | null;
  rejectedReason: string | null;
};

/** All of a WABA's templates, or why not all of them could be read: half a list is none. */
export type TemplateList = { ok: true; templates: ListedTemplate[] } | { ok: false; problem: Unsettled };

export type Templates = {
  /** Reads the whole list, page by page. Never throws. */
  listTemplates(wabaId: string, token: string, signal?: AbortSignal): Promise<TemplateList>;
};

type Options = { exchange: Exchange; address(id: string, rest: string): string };

const FIELDS =
  'id,name,language,status,category,sub_category,previous_category,correct_category,parameter_format,components,quality_score,rejected_reason';
const A_PAGE = 50;
/** A carousel of ten cards comes to 20 KB. */
const LARGEST_PAGE_BYTES = 4 * 1024 * 1024;
/** Meta puts each page together anew, which takes it seconds. */
const PAGE_TIMEOUT_MS = 30_000;
/** Meta keeps at most 6,000 templates for a WABA. */
const MOST_PAGES = 400;
const ENDLESS = { kind: 'unknown', why: 'the list of templates did not end' } as const;

export function createTemplates({ exchange, address }: Options): Templates {
  async function readPage(wabaId: string, token: string, after: string | null, signal?: AbortSignal) {
    const query = new URLSearchParams({ fields: FIELDS, limit: String(A_PAGE), ...(after ? { after } : {}) });
    const path = address(wabaId, `/message_templates?${query}`);
    const answer = await exchange({
      token,
      method: 'GET',
      path,
      mostBytes: LARGEST_PAGE_BYTES,
      signal: AbortSignal.any([AbortSignal.timeout(PAGE_TIMEOUT_MS), ...(signal ? [signal] : [])]),
    });
    return readListPage(answer, token);
  }

  return {
    async listTemplates(wabaId, token, signal) {
      const templates: ListedTemplate[] = [];
      let after: string | null = null;
      for (let page = 0; page < MOST_PAGES; page++) {
        const read: Page = await readPage(wabaId, token, after, signal);
        if (!read.ok) {
          return read;
        }
        templates.push(...read.templates);
        if (read.next === null) {
          return { ok: true, templates };
        } else if (read.next === after) {
          break;
        }
        after = read.next;
      }
      return { ok: false, problem: ENDLESS };
    },
  };
}

type Page =
  | { ok: true; templates: ListedTemplate[]; next: string | null }
  | { ok: false; problem: Unsettled };

/** Only the cursor of `paging` is followed: `next` is an address, and could lead anywhere. */
function readListPage(answer: Answer | Failure, token: string): Page {
  const page = isSuccess(answer) ? asFields(answer.json) : null;
  if (page === null || !Array.isArray(page.data)) {
    return { ok: false, problem: unsettled(answer, token) };
  }
  const paging = asFields(page.paging);
  return {
    ok: true,
    templates: asList(page.data).flatMap((item) => readListed(asFields(item))),
    next: asWords(paging?.next) === null ? null : asWords(asFields(paging?.cursors)?.after),
  };
}

function readListed(item: Fields | null): ListedTemplate[] {
  const id = asWords(item?.id);
  const name = asWords(item?.name);
  const language = asWords(item?.language);
  if (item === null || id === null || name === null || language === null) {
    return [];
  }
  return [
    {
      id,
      name,
      language: languageCode(language),
      status: word(item.status) ?? 'UNKNOWN',
      category: word(item.category) ?? 'UNKNOWN',
      previousCategory: word(item.previous_category),
      correctCategory: word(item.correct_category),
      subCategory: word(item.sub_category),
      parameterFormat: word(item.parameter_format) === 'NAMED' ? 'NAMED' : 'POSITIONAL',
      components: asText(JSON.stringify(asList(item.components))) ?? '[]',
      quality: word(asFields(item.quality_score)?.score),
      rejectedReason: reason(item.rejected_reason),
    },
  ];
}

/** Some webhooks write `en-US` where the API writes `en_US`. */
export function languageCode(language: string): string {
  return language.replaceAll('-', '_');
}

/** One of Meta's words: capitals and underscores. */
export function word(value: unknown): string | null {
  const words = asWords(value);
  return words === null ? null : words.toUpperCase().slice(0, 64);
}

/** `NONE` is Meta's word for no reason. */
export function reason(value: unknown): string | null {
  const given = word(value);
  return given === 'NONE' ? null : given;
}
