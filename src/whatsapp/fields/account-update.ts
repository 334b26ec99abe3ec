import { asFields, asList, asMoment, asWords, type Fields } from '../shape.ts';
import {
  type AccountEvent,
  accountEvent,
  type FieldReader,
  type PauseCause,
  remarkOf,
  type Severity,
  wordOf,
} from './account-event.ts';

type Weight = { severity: Severity; effect?: AccountEvent['effect'] };

/** What is not here says something that changes nothing for the team. */
const WEIGHTS: ReadonlyMap<string, Weight> = new Map([
  ['ACCOUNT_DELETED', { severity: 'critical', effect: { does: 'pauses', cause: 'deleted' } }],
  ['ACCOUNT_VIOLATION', { severity: 'critical' }],
  ['ACCOUNT_OFFBOARDED', { severity: 'critical', effect: { does: 'pauses', cause: 'offboarded' } }],
  ['ACCOUNT_RECONNECTED', { severity: 'good', effect: { does: 'resumes', cause: 'offboarded' } }],
  ['PARTNER_REMOVED', { severity: 'critical', effect: { does: 'pauses', cause: 'partner' } }],
  ['PARTNER_APP_UNINSTALLED', { severity: 'critical', effect: { does: 'pauses', cause: 'app' } }],
  ['PARTNER_ADDED', { severity: 'good', effect: { does: 'resumes', cause: 'partner' } }],
  ['PARTNER_APP_INSTALLED', { severity: 'good', effect: { does: 'resumes', cause: 'app' } }],
]);

/** By `ban_info.waba_ban_state`. */
const BANS: ReadonlyMap<string, Weight> = new Map([
  ['DISABLE', { severity: 'critical', effect: { does: 'pauses', cause: 'disabled' } }],
  ['REINSTATE', { severity: 'good', effect: { does: 'resumes', cause: 'disabled' } }],
  ['SCHEDULE_FOR_DISABLE', { severity: 'critical' }],
]);

/** `account_update`: bans, restrictions, violations, and who may act for the business account. */
export const readAccountUpdate: FieldReader = (value, about) => {
  const event = wordOf(value.event);
  const restrictions = asList(value.restriction_info);
  if (event === 'ACCOUNT_RESTRICTION' && restrictions.length > 0) {
    return restrictions.map((one, position) => restriction(value, asFields(one) ?? {}, { about, position }));
  }
  const state = wordOf(asFields(value.ban_info)?.waba_ban_state);
  const { severity = 'info', effect = null } =
    (event === 'DISABLED_UPDATE' ? BANS.get(state) : WEIGHTS.get(event)) ?? {};
  return [accountEvent(value, about, { about: 'account', event, severity, effect }, factsOf(value, state))];
};

function factsOf(value: Fields, state: string) {
  const waba = asFields(value.waba_info);
  const left = asFields(value.disconnection_info) ?? asFields(waba?.disconnection_info);
  const tier = asFields(value.volume_tier_info);
  return {
    state,
    state_date: remarkOf(asFields(value.ban_info)?.waba_ban_date),
    violation: wordOf(asFields(value.violation_info)?.violation_type),
    reason: wordOf(left?.reason),
    by: wordOf(left?.initiated_by),
    waba: asWords(waba?.waba_id),
    business: asWords(waba?.owner_business_id),
    app: asWords(waba?.partner_app_id),
    country: wordOf(value.country),
    tier: wordOf(tier?.tier ?? tier?.effective_tier),
  };
}

/**
 * What a restriction forbids, by Meta's names for it: messages that begin a conversation, which only templates outside the
 * window do, and those within one that the customer began. Any other forbids no message of an inbox.
 */
const FORBIDS: ReadonlyMap<string, PauseCause> = new Map([
  ['RESTRICTED_BIZ_INITIATED_MESSAGING', 'starts'],
  ['RESTRICTED_CUSTOMER_INITIATED_MESSAGING', 'answers'],
]);

/** One of several. */
function restriction(
  value: Fields,
  one: Fields,
  { about, position }: { about: Parameters<FieldReader>[1]; position: number },
) {
  const type = wordOf(one.restriction_type);
  const facts = {
    restriction: type,
    until: asMoment(one.expiration),
    remark: remarkOf(one.remediation),
  };
  const cause = FORBIDS.get(type);
  const effect = cause === undefined ? null : { does: 'pauses' as const, cause };
  const said = { about: 'account', event: 'ACCOUNT_RESTRICTION', severity: 'critical', effect } as const;
  return accountEvent(value, about, said, facts, position);
}
