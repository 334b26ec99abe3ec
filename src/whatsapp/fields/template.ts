import { asFields, asMoment, asWords, type Fields } from '../shape.ts';
import { type FieldReader, remarkOf, wordOf } from './account-event.ts';

/** What Meta says about a template. Ids are text: they have more digits than a number can hold. */
export type TemplateEvent = {
  wabaId: string;
  at: number;
  templateId: string | null;
  name: string | null;
  language: string | null;
} & (
  | {
      what: 'status';
      /** Meta's word: `APPROVED`, `REJECTED`, `PAUSED`, … */
      status: string;
      category: string | null;
      /** Null when there is none. */
      reason: string | null;
      /** What Meta wrote about it for people. */
      remark: string | null;
      /** For what kind of pause or unpause: `FIRST_PAUSE`, … */
      title: string | null;
      disablesAt: number | null;
    }
  /** `GREEN`, `YELLOW`, `RED` or `UNKNOWN`. */
  | { what: 'quality'; quality: string; before: string | null }
  /** Its text has changed; what it is now is best asked of Meta. */
  | { what: 'components'; header: string | null; body: string | null; footer: string | null }
  /** `effectiveAt` is in the future when Meta announces it; then `category` is what it will be. */
  | { what: 'category'; category: string; before: string | null; effectiveAt: number | null }
);

/** The four fields about templates; what they carry decides, since Meta's own samples are under the wrong name. */
export const readTemplate: FieldReader = (value, about) => {
  const event = {
    wabaId: about.wabaId,
    at: about.at,
    templateId: asWords(value.message_template_id),
    name: asWords(value.message_template_name),
    language: asWords(value.message_template_language),
  };
  const said = whatOf(value, about.change);
  if (said === null || (event.templateId === null && event.name === null)) {
    return [
      { kind: 'malformed', position: 0, error: 'The change does not say which template or what of it.' },
    ];
  }
  return [{ kind: 'template', position: 0, ...event, ...said }];
};

type Without<Event, Keys extends PropertyKey> = Event extends unknown ? Omit<Event, Keys> : never;
type Said = Without<TemplateEvent, 'wabaId' | 'at' | 'templateId' | 'name' | 'language'>;

function whatOf(value: Fields, change: Fields): Said | null {
  if ('new_quality_score' in value) {
    const before = wordOf(value.previous_quality_score) || null;
    return { what: 'quality', quality: wordOf(value.new_quality_score) || 'UNKNOWN', before };
  } else if ('new_category' in value || 'correct_category' in value) {
    return category(value);
  } else if ('message_template_element' in value) {
    return {
      what: 'components',
      header: asWords(value.message_template_title),
      body: asWords(value.message_template_element),
      footer: asWords(value.message_template_footer),
    };
  } else {
    return 'event' in value ? status(value, change) : null;
  }
}

/** An announcement has the category it will get in `correct_category`, and the present one in `new_category`. */
function category(value: Fields): Said | null {
  const coming = wordOf(value.correct_category);
  const current = wordOf(value.new_category);
  const is = coming || current;
  const was = coming ? current : wordOf(value.previous_category);
  return is === ''
    ? null
    : {
        what: 'category',
        category: is,
        before: was || null,
        effectiveAt: coming ? asMoment(value.category_update_timestamp) : null,
      };
}

/** `rejection_info` was seen inside the value and beside it, `disable_date` as a number and as text. */
function status(value: Fields, change: Fields): Said | null {
  const rejection = asFields(value.rejection_info) ?? asFields(change.rejection_info);
  const other = asFields(value.other_info);
  const reason = wordOf(value.reason ?? rejection?.reason);
  const remark = [rejection?.reason, rejection?.recommendation, other?.description].map(remarkOf);
  const word = wordOf(value.event);
  return word === ''
    ? null
    : {
        what: 'status',
        status: word,
        category: wordOf(value.message_template_category) || null,
        reason: reason === '' || reason === 'NONE' ? null : reason,
        remark: remark.filter((part) => part !== null).join(' ') || null,
        title: wordOf(other?.title) || null,
        disablesAt: asMoment(asFields(value.disable_info)?.disable_date),
      };
}
