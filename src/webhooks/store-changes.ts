import { AccountUnavailable } from '#src/errors.ts';
import type { Change } from '#src/whatsapp/payload.ts';
import { wakeIntake } from './intake.ts';
import { type ArrivedChange, appendToJournal, arrivedChange } from './journal.ts';
import { parkChanges } from './parked-changes.ts';
import { routeChange } from './route-change.ts';
import { type MetaApp, type Routing, routingOf } from './routing.ts';
import { keepUnrouted, takeOverUnrouted, type UnroutedChange } from './unrouted.ts';
import type { WebhookServices } from './webhook-services.ts';

type Routed = { accounts: Map<number, ArrivedChange[]>; unrouted: UnroutedChange[]; dropped: number };

/**
 * Resolves when every change of a signed webhook is on the disk: in the journal of its account, parked for an
 * account that cannot be opened, or kept as unrouted. Throws when one could not be written; the others are
 * stored all the same, and recognised when Meta repeats them. Gives how many were for numbers given up.
 */
export async function storeChanges(
  services: WebhookServices,
  signer: MetaApp,
  changes: readonly Change[],
): Promise<number> {
  const routing = await routingOf(services.control);
  const { accounts, unrouted, dropped } = route(changes, signer, routing, services.now());
  const written = await Promise.allSettled([
    ...[...accounts].map(([accountId, arrived]) => storeInAccount(services, accountId, arrived)),
    ...(unrouted.length > 0 ? [storeUnrouted(services, signer, unrouted, routing)] : []),
  ]);
  services.counts.changes.dropped += dropped;
  const failed = written.find((one) => one.status === 'rejected');
  if (failed) {
    throw failed.reason;
  }
  return dropped;
}

function route(changes: readonly Change[], signer: MetaApp, routing: Routing, now: number): Routed {
  const routed: Routed = { accounts: new Map(), unrouted: [], dropped: 0 };
  for (const change of changes) {
    const destination = routeChange(change, signer, routing);
    if (destination.kind === 'dropped') {
      routed.dropped += 1;
    } else if (destination.kind === 'unrouted') {
      const { phoneNumberId } = change;
      routed.unrouted.push({ ...arrivedChange(change, signer.id, now), phoneNumberId });
    } else {
      const arrived = routed.accounts.get(destination.accountId) ?? [];
      routed.accounts.set(destination.accountId, arrived);
      arrived.push(arrivedChange(change, signer.id, now));
    }
  }
  return routed;
}

async function storeInAccount(
  services: WebhookServices,
  accountId: number,
  arrived: readonly ArrivedChange[],
): Promise<void> {
  try {
    await services.accounts.use(accountId, async (inbox) => {
      await appendToJournal(inbox, arrived);
      services.counts.changes.journal += arrived.length;
      wakeIntake(services, inbox);
    });
  } catch (error) {
    if (!(error instanceof AccountUnavailable)) {
      throw error;
    }
    await parkChanges(services.control, accountId, arrived);
    services.counts.changes.parked += arrived.length;
  }
}

async function storeUnrouted(
  services: WebhookServices,
  signer: MetaApp,
  unrouted: readonly UnroutedChange[],
  routing: Routing,
): Promise<void> {
  await keepUnrouted(services.control, unrouted);
  services.counts.changes.unrouted += unrouted.length;
  if ((await routingOf(services.control)) !== routing) {
    await reroute(services, signer, unrouted);
  }
}

/** The number may have been connected while its change was on its way to where the unconnected are kept. */
async function reroute(
  services: WebhookServices,
  signer: MetaApp,
  unrouted: readonly UnroutedChange[],
): Promise<void> {
  const routing = await routingOf(services.control);
  for (const change of unrouted) {
    const destination = routeChange(change, signer, routing);
    if (destination.kind === 'account') {
      const { accountId } = destination;
      await services.accounts.use(accountId, (inbox) =>
        takeOverUnrouted(services, inbox, {
          appId: signer.id,
          phoneNumberId: change.phoneNumberId ?? '',
          wabaId: change.entryId,
        }),
      );
    }
  }
}
