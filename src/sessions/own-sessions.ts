import { type Actor, auditRow } from '#src/audit/audit-row.ts';
import { NotFound } from '#src/errors.ts';
import { type Device, describeAgent } from './agent.ts';
import type { DoorServices } from './door-services.ts';
import { storeOf } from './find-session.ts';
import { hashSecret } from './secrets.ts';
import { record, type Self } from './tell-owner.ts';

/** A session as its owner sees it. */
export type OwnSession = {
  /** Names it on pages; nothing can be done with it but end the session, by its owner. */
  id: string;
  device: Device;
  /** Where it was begun. */
  address: string | null;
  createdAt: number;
  seenAt: number;
  /** The one that asks. */
  isThis: boolean;
};

type Mine = { viewer: Self; sessionHash: string };

/** Where somebody is signed in: this session first, then the last used. */
export async function listSessions(
  services: DoorServices,
  { viewer, sessionHash }: Mine,
): Promise<OwnSession[]> {
  const rows = await storeOf(services).listOf(viewer.userId);
  const listed = rows.map(({ idHash, agent, ip, createdAt, seenAt }) => ({
    id: idOf(idHash),
    device: describeAgent(agent),
    address: ip,
    createdAt,
    seenAt,
    isThis: idHash === sessionHash,
  }));
  return listed.sort((a, b) => Number(b.isThis) - Number(a.isThis));
}

/** Ends one of somebody's own sessions. Throws `NotFound` for any other. */
export async function endOwnSession(services: DoorServices, { viewer }: Mine, id: string): Promise<void> {
  const store = storeOf(services);
  const found = (await store.listOf(viewer.userId)).find(({ idHash }) => idOf(idHash) === id);
  if (!found) {
    throw new NotFound('no session of theirs has this id');
  }
  await record(services, viewer, 'session.ended', { begun: found.createdAt, address: found.ip });
  await store.endByHash(found.idHash);
  await services.live.revalidate(viewer.userId);
}

/** Ends all of somebody's own sessions but the one that asks. Returns how many there were. */
export async function endOtherSessions(
  services: DoorServices,
  { viewer, sessionHash }: Mine,
): Promise<number> {
  const store = storeOf(services);
  const others = (await store.listOf(viewer.userId)).filter(({ idHash }) => idHash !== sessionHash);
  await record(services, viewer, 'session.others_ended', { sessions: others.length });
  for (const { idHash } of others) {
    await store.endByHash(idHash);
  }
  await services.live.revalidate(viewer.userId);
  return others.length;
}

/**
 * Ends every session of somebody, on all devices, and closes what they have open. For whoever manages people: the
 * caller has checked that they may. It is audited in each account that one of the sessions was in.
 */
export async function endSessionsOf(
  services: DoorServices,
  userId: number,
  actor: Actor = { kind: 'system' },
): Promise<void> {
  const store = storeOf(services);
  const at = services.now();
  const accountIds = new Set((await store.listOf(userId)).map(({ accountId }) => accountId));
  for (const accountId of accountIds) {
    await services.accounts.use(accountId, (inbox) =>
      inbox.write('full', [
        auditRow(inbox, { at, actor, action: 'session.all_ended', object: `user:${userId}` }),
      ]),
    );
  }
  await store.endAll(userId);
  await services.live.revalidate(userId);
}

/** Not the hash itself: what leaves the server must not even be looked up by. */
const idOf = (idHash: string) => hashSecret(idHash).slice(0, 24);
