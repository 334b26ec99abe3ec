import { Elysia } from 'elysia';
import { Unauthorized } from '#src/errors.ts';
import { clientAddressOf } from '#src/http/client-address.ts';
import { problemResponse } from '#src/http/problem.ts';
import { createRateLimit } from '#src/http/rate-limit.ts';
import { demand } from '#src/people/permission.ts';
import type { Viewer } from '#src/people/viewer.ts';
import type { Services } from '#src/services.ts';
import { findByKey } from './find-key.ts';
import type { Scope } from './scopes.ts';

const PER_SECOND = 300;

/** Guards the API: its handlers get the `viewer` that the key stands for, and no key gets more than its share. */
export const bearer = (services: Pick<Services, 'config' | 'control' | 'now' | 'log'>) => {
  const addressOf = clientAddressOf(services.config);
  const limit = createRateLimit({ perSecond: PER_SECOND, burst: PER_SECOND, now: services.now });

  return new Elysia({ name: 'bearer' })
    .derive({ as: 'scoped' }, async ({ request, server }) => {
      const viewer = await findByKey(services, tokenOf(request));
      if (viewer === null) {
        throw new Unauthorized('no valid key');
      }
      return { viewer: { ...viewer, address: addressOf(request, server) } };
    })
    .onBeforeHandle({ as: 'scoped' }, ({ request, viewer }) => {
      const wait = limit.take(String(viewer.keyId));
      return wait > 0 ? tooMany(request, wait) : undefined;
    });
};

/** For the hooks of a route: what a key must be allowed to do there. */
export const demands = (scope: Scope) => ({
  beforeHandle: ({ viewer }: { viewer: Viewer }) => demand(viewer, scope),
});

function tokenOf(request: Request): string {
  const [scheme = '', token = ''] = (request.headers.get('authorization') ?? '').split(' ', 2);
  return scheme.toLowerCase() === 'bearer' ? token : '';
}

function tooMany(request: Request, waitMs: number): Response {
  const problem = {
    status: 429,
    type: 'too-many-requests',
    title: 'Too many requests',
    detail: `A key may send ${PER_SECOND} requests a second. Nothing was changed. Wait, then send it again.`,
  };
  return problemResponse(request, problem, { 'retry-after': String(Math.ceil(waitMs / 1000)) });
}
