/**
 * What an error of Meta's asks for. `R` try again, waiting longer each time · `R1` once more · `R*` not before something
 * else has rested · `F` final, the request is wrong · `T` a template is needed · `A` an admin has to act, the number or
 * the account pauses · `U` this customer cannot be reached with it.
 */
export type ErrorClass = 'R' | 'R1' | 'R*' | 'F' | 'T' | 'A' | 'U';

/**
 * What has to rest or is paused: this kind of message alone, one customer, the number, or the account; of that all rests,
 * and what pauses are the numbers of the WhatsApp Business account.
 */
export type ErrorScope = 'message' | 'recipient' | 'number' | 'account';

export type ErrorRule = { class: ErrorClass; scope?: ErrorScope; waitMs?: number };

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const ADMIN: ErrorRule = { class: 'A', scope: 'number' };
/** An admin has to act before another one goes, but customers who wait for an answer must get theirs. */
const NO_MARKETING: ErrorRule = { class: 'A', scope: 'message' };
const FINAL: ErrorRule = { class: 'F' };
const RETRY: ErrorRule = { class: 'R' };
const ONCE: ErrorRule = { class: 'R1' };
const REST: ErrorRule = { class: 'R*', scope: 'account' };
const CUSTOMER: ErrorRule = { class: 'U', scope: 'recipient' };

/** By code. Codes 200 to 299 and what is not listed: see `ruleOf`. */
export const ERROR_RULES: ReadonlyMap<number, ErrorRule> = new Map([
  [0, ADMIN],
  [1, ONCE],
  [2, RETRY],
  [3, ADMIN],
  [4, REST],
  [10, ADMIN],
  [17, REST],
  [33, ADMIN],
  [100, FINAL],
  [190, ADMIN],
  [368, { class: 'A', scope: 'account' }],
  [613, REST],
  [80007, REST],
  [130403, CUSTOMER],
  [130429, { class: 'R', scope: 'number' }],
  [130472, CUSTOMER],
  [130497, CUSTOMER],
  [131000, ONCE],
  [131005, ADMIN],
  [131008, FINAL],
  [131009, FINAL],
  [131016, RETRY],
  [131021, FINAL],
  [131026, CUSTOMER],
  [131030, ADMIN],
  [131031, { class: 'A', scope: 'account' }],
  [131037, ADMIN],
  [131042, { class: 'A', scope: 'account' }],
  [131045, ADMIN],
  [131047, { class: 'T', scope: 'recipient' }],
  [131048, { class: 'R*', scope: 'number', waitMs: HOUR_MS }],
  [131049, CUSTOMER],
  [131050, CUSTOMER],
  [131051, FINAL],
  [131052, FINAL],
  [131053, FINAL],
  [131055, FINAL],
  [131056, { class: 'R*', scope: 'recipient' }],
  [131057, { class: 'R', scope: 'number', waitMs: 2 * MINUTE_MS }],
  [131062, FINAL],
  [131063, NO_MARKETING],
  [131064, { class: 'R*', scope: 'account', waitMs: HOUR_MS }],
  [132000, FINAL],
  [132001, FINAL],
  [132005, FINAL],
  [132007, FINAL],
  [132012, FINAL],
  [132015, FINAL],
  [132016, FINAL],
  [132018, FINAL],
  [132068, FINAL],
  [132069, { class: 'R*', scope: 'account', waitMs: 10 * MINUTE_MS }],
  [133000, ADMIN],
  [133004, RETRY],
  [133005, ADMIN],
  [133006, ADMIN],
  [133008, ADMIN],
  [133009, ADMIN],
  [133010, ADMIN],
  [133015, ADMIN],
  [133016, ADMIN],
  [134011, { class: 'A', scope: 'account' }],
  [134100, FINAL],
  [134101, { class: 'R*', scope: 'account', waitMs: 10 * MINUTE_MS }],
  [134102, NO_MARKETING],
  [135000, FINAL],
  [137000, CUSTOMER],
  [139100, FINAL],
  [147001, FINAL],
  [147002, FINAL],
  [147003, FINAL],
  [147004, FINAL],
  [147005, FINAL],
  [2593107, ADMIN],
  [2593108, ADMIN],
]);
