import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { at } from '../columns.ts';

/** A template as Meta last told it: what may be said to a customer whose window is closed. */
export const templates = sqliteTable(
  'templates',
  {
    /** Meta's. */
    id: text('id').primaryKey(),
    wabaId: text('waba_id').notNull(),
    name: text('name').notNull(),
    /** Like `en_US`, whatever the webhooks write. */
    language: text('language').notNull(),
    /** Meta's word, like `APPROVED`; one that is new to this program is kept too. */
    status: text('status').notNull(),
    category: text('category').notNull(),
    previousCategory: text('previous_category'),
    /** What Meta will move it to, while it has only said so. */
    correctCategory: text('correct_category'),
    subCategory: text('sub_category'),
    parameterFormat: text('parameter_format').notNull(),
    /** JSON: Meta's components as they came. */
    components: text('components').notNull(),
    /** `GREEN`, `YELLOW`, `RED` or `UNKNOWN`. */
    quality: text('quality'),
    /** Why it was rejected or stopped, in Meta's word. */
    rejectedReason: text('rejected_reason'),
    /** When Meta's list last had it. */
    syncedAt: at('synced_at').notNull(),
    /** Since when Meta's list has it no more. */
    goneAt: at('gone_at'),
  },
  (t) => [index('templates_name').on(t.wabaId, t.name, t.language)],
);

/** When the templates of a WABA were last read whole, and when they are read again. */
export const templateSyncs = sqliteTable('template_syncs', {
  wabaId: text('waba_id').primaryKey(),
  dueAt: at('due_at').notNull(),
  tries: integer('tries').notNull().default(0),
  syncedAt: at('synced_at'),
  /** Why the last try failed, in whole sentences; what was read before stands. */
  error: text('error'),
});
