import { Elysia } from 'elysia';
import { requestIdOf } from '#src/http/request-id.ts';
import type { Services } from '#src/services.ts';

/** `/up`: the process lives. `/readyz`: it can serve; 503 while it drains or control.db does not answer. */
export const health = ({ control, phase, log }: Pick<Services, 'control' | 'phase' | 'log'>) =>
  new Elysia({ name: 'health' })
    .get('/up', () => new Response('up\n', { headers: { 'content-type': 'text/plain; charset=utf-8' } }))
    .get('/readyz', ({ request }) => {
      const ready = !phase.draining && answers(control, log, request);
      return new Response(ready ? 'ready\n' : 'not ready\n', {
        status: ready ? 200 : 503,
        headers: { 'content-type': 'text/plain; charset=utf-8' },
      });
    });

function answers({ rows }: Services['control'], log: Services['log'], request: Request): boolean {
  try {
    rows('select 1');
    return true;
  } catch (error) {
    log.error({ requestId: requestIdOf(request), err: error }, 'control.db does not answer');
    return false;
  }
}
