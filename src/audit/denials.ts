import { createRateLimit } from '#src/http/rate-limit.ts';
import type { Viewer } from '#src/people/viewer.ts';
import type { Services } from '#src/services.ts';
import { auditRow } from './audit-row.ts';

export type Denied = {
  /** Whoever was signed in, or whose key it was, as the guard of the route found them; else anything. */
  viewer: unknown;
  method: string;
  /** The pattern, never the path, whose ids may be guesses; undefined when none matched. */
  route: string | undefined;
  status: number;
  /** Of the problem they were told of, such as `forbidden`. */
  type: string;
};

export type Denials = {
  /** Takes note of it in the account's trail, if it is one, after whoever asked has the answer. Never throws. */
  note(denied: Denied): void;
};

/** One row a minute for each person or key and route: nobody can fill a disk by being refused. */
const PER_SECOND = 1 / 60;

type DenialServices = Pick<Services, 'accounts' | 'now' | 'log' | 'phase'>;

/** Keeps who was refused what: what they may not do, and changes to what they may not see. */
export function createDenials({ accounts, now, log, phase }: DenialServices): Denials {
  const limit = createRateLimit({ perSecond: PER_SECOND, burst: 1, now });

  const write = async ({ viewer, method, route, status }: Denied & { viewer: Viewer }) => {
    await accounts.use(viewer.accountId, (inbox) =>
      inbox.write('full', [
        auditRow(inbox, {
          at: now(),
          actor: viewer,
          action: 'access.denied',
          object: `route:${method} ${route}`,
          data: { method, route, status },
        }),
      ]),
    );
  };

  return {
    note({ viewer, ...denied }) {
      const { method, route } = denied;
      if (!isViewer(viewer) || route === undefined || !isDenial(denied)) {
        return;
      }
      if (limit.take(`${nameOf(viewer)} ${method} ${route}`) === 0) {
        setImmediate(() => {
          if (!phase.draining) {
            write({ viewer, ...denied }).catch((err) =>
              log.warn({ err, method, route }, 'that somebody was refused was not noted'),
            );
          }
        });
      }
    },
  };
}

/**
 * Looking for what one may not see is an address that leads nowhere; wanting to change it is more. Who is only asked
 * to prove who they are goes on right after it.
 */
function isDenial({ method, status, type }: Pick<Denied, 'method' | 'status' | 'type'>): boolean {
  return (
    (status === 403 && type !== 'proof-needed') || (status === 404 && method !== 'GET' && method !== 'HEAD')
  );
}

const isViewer = (value: unknown): value is Viewer =>
  typeof value === 'object' && value !== null && 'accountId' in value && 'permissions' in value;

const nameOf = (viewer: Viewer) =>
  viewer.kind === 'person' ? `person:${viewer.userId}` : `key:${viewer.keyId}`;
