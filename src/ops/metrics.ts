import { createHash, timingSafeEqual } from 'node:crypto';
import { Elysia } from 'elysia';
import about from '#package' with { type: 'json' };
import { NotFound } from '#src/errors.ts';
import type { Services } from '#src/services.ts';
import { type FigureServices, readFigures } from './figures.ts';
import { listMetrics } from './metric-list.ts';

type MetricServices = FigureServices & Pick<Services, 'counts'>;

/** `/metrics` for Prometheus: does not exist unless a token is configured, and is for nobody but its bearer. */
export const metrics = (services: MetricServices) =>
  new Elysia({ name: 'metrics' }).get('/metrics', async ({ request }) => {
    const { metricsToken } = services.config;
    if (metricsToken === null) {
      throw new NotFound('no token is configured for the metrics');
    } else if (!isBearerOf(metricsToken, request)) {
      return new Response('The token is missing or wrong.\n', {
        status: 401,
        headers: { 'www-authenticate': 'Bearer', 'content-type': 'text/plain; charset=utf-8' },
      });
    }
    const { contentType, writeMetrics } = await import('./prometheus.ts');
    const build = { version: about.version, bun: Bun.version };
    const text = await writeMetrics(listMetrics(await readFigures(services), services.counts, build));
    return new Response(text, { headers: { 'content-type': contentType } });
  });

/** How long the answer takes says nothing about how much of the token was right. */
function isBearerOf(token: string, request: Request): boolean {
  const [scheme = '', given = ''] = (request.headers.get('authorization') ?? '').split(' ', 2);
  return scheme.toLowerCase() === 'bearer' && timingSafeEqual(digest(given), digest(token));
}

const digest = (text: string) => createHash('sha256').update(text).digest();
