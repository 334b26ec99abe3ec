import { eq } from 'drizzle-orm';
import { hurryFetches } from '#src/attachments/fetch-due.ts';
import { type Actor, auditRow, type Deed } from '#src/audit/audit-row.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { accounts } from '#src/db/schema/control.ts';
import { Invalid } from '#src/errors.ts';
import type { Services } from '#src/services.ts';
import { syncSoon } from '#src/templates/sync.ts';
import { forgetRouting } from '#src/webhooks/routing.ts';
import { takeOverUnrouted } from '#src/webhooks/unrouted.ts';
import { type Claimed, checkClaim, claimRoute } from './claim-route.ts';
import { connectNumber, disconnectNumber } from './connect-number.ts';
import { webhookPath } from './meta-app.ts';
import { type NewNumber, readNewNumber } from './new-number.ts';
import { notePhoneApp } from './phone-app.ts';

type Options = {
  /** The operator vouches for the number: Meta is not asked whether the token can read it. */
  trust: boolean;
  actor: Actor;
};

/**
 * Connects a WhatsApp number to an account, or renews what it is connected with; then takes over what arrived
 * for it before. The number is written first, and its route, which makes it usable, last.
 * Throws `Invalid` with the names of `NewNumber`, or `account_id`.
 */
export async function addNumber(
  services: Services,
  accountId: number,
  given: NewNumber,
  { trust, actor }: Options,
): Promise<{ numberId: number; webhookPath: string }> {
  const { control, delivery, fetching, templates, now } = services;
  const number = readNewNumber(given);
  await refuseUnknownAccount(services, accountId);
  const claim = {
    accountId,
    phoneNumberId: number.phone_number_id,
    wabaId: number.waba_id,
    appSecret: number.app_secret,
    verifyToken: number.verify_token,
    now: now(),
  };
  await checkClaim(control, claim);
  const atMeta = trust ? null : await readAtMeta(services, number);
  const name = atMeta?.name ?? number.display_phone_number;

  return services.accounts.use(accountId, async (inbox) => {
    const { numberId, isNew } = await connectNumber(inbox, { given: number, name, actor, at: now() });
    const claimed = await control
      .turn((commit) => claimRoute(control, commit, claim))
      .catch(async (error) => {
        if (isNew && error instanceof Invalid) {
          await disconnectNumber(inbox, numberId, { actor, at: now() });
        }
        throw error;
      });
    // Whatever happens to what follows: from now on its webhooks are the account's.
    forgetRouting(control);
    const { app } = claimed;
    const { phoneNumberId, wabaId } = claim;
    await takeOverUnrouted(services, inbox, { appId: app.id, phoneNumberId, wabaId });
    await noteApp(inbox, claimed, { actor, at: now() });
    await inbox.write('full', notePhoneApp(inbox, numberId, atMeta?.isOnPhoneApp ?? null));
    if (!isNew) {
      // Files that wait since the old token was refused.
      await inbox.write('normal', [hurryFetches(inbox, now())]);
      fetching.poke(accountId);
    }
    await inbox.write('normal', [syncSoon(inbox, wabaId, now())]);
    templates.poke(accountId);
    delivery.poke(accountId);
    return { numberId, webhookPath: webhookPath(app) };
  });
}

/** The app is in another database than the trail, so its row comes right after; of secrets only their names. */
async function noteApp(
  inbox: Inbox,
  { app, isNew, replaced }: Claimed,
  { actor, at }: Pick<Deed, 'actor' | 'at'>,
): Promise<void> {
  const action = isNew ? 'meta_app.added' : 'meta_app.renewed';
  const data = replaced.length === 0 ? {} : { replaced };
  const isChanged = isNew || replaced.length > 0;
  const deed = { at, actor, action, object: `meta_app:${app.id}`, data };
  await inbox.write('full', isChanged ? [auditRow(inbox, deed)] : []);
}

async function refuseUnknownAccount({ control }: Services, accountId: number): Promise<void> {
  const [account] = await control.sql
    .select({ state: accounts.state })
    .from(accounts)
    .where(eq(accounts.id, accountId))
    .limit(1);
  if (account?.state !== 'active') {
    throw new Invalid({ account_id: 'There is no active account with this id.' });
  }
}

/**
 * The name Meta verified, and whether a phone has the number, too. Whoever can read a number with a token may connect it,
 * and nobody else.
 */
async function readAtMeta({ whatsapp }: Services, number: NewNumber) {
  const read = await whatsapp.readNumber(number.phone_number_id, number.access_token);
  if (!read.ok) {
    throw new Invalid({
      access_token: `This token could not be tried on this phone number ID. ${read.error}`,
    });
  }
  return { name: read.verifiedName || number.display_phone_number, isOnPhoneApp: read.isOnPhoneApp };
}
