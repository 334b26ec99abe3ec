import { auditRow } from '#src/audit/audit-row.ts';
import { clean } from '#src/db/clean.ts';
import { Forbidden, NotFound } from '#src/errors.ts';
import { createRateLimit } from '#src/http/rate-limit.ts';
import type { Services } from '#src/services.ts';
import type { Viewer } from './viewer.ts';

type DenialServices = Pick<Services, 'accounts' | 'now' | 'log'>;

/** Nobody fills the audit trail by trying: beyond this, tries go into the log alone. */
const NOTED = { perSecond: 1 / 10, burst: 30 };

export type NoteDenials = <T>(viewer: Viewer, object: string, work: () => Promise<T>) => Promise<T>;

/** Runs what somebody asked for; when they may not, or it names nothing of theirs, the audit trail says so. */
export function createDenials(services: DenialServices): NoteDenials {
  const { accounts, now, log } = services;
  const limit = createRateLimit({ ...NOTED, now });

  async function note(viewer: Viewer, object: string): Promise<void> {
    if (viewer.kind !== 'person' || limit.take(`${viewer.accountId} ${viewer.userId}`) > 0) {
      log.info({ account: viewer.accountId }, 'somebody may not do what they tried');
      return;
    }
    await accounts.use(viewer.accountId, (inbox) =>
      inbox.write('full', [
        auditRow(inbox, { at: now(), actor: viewer, action: 'access.denied', object: clean(object) }),
      ]),
    );
  }

  return async (viewer, object, work) => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Forbidden || error instanceof NotFound) {
        await note(viewer, object);
      }
      throw error;
    }
  };
}
