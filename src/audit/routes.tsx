/** @jsxImportSource preact */
import { Elysia, t } from 'elysia';
import { findAccount } from '#src/accounts/find-account.ts';
import { Problem } from '#src/errors.ts';
import { page } from '#src/http/page.ts';
import { createRateLimit } from '#src/http/rate-limit.ts';
import { demand } from '#src/people/permission.ts';
import type { Viewer } from '#src/people/viewer.ts';
import type { Services } from '#src/services.ts';
import type { SessionServices } from '#src/sessions/find-session.ts';
import { session } from '#src/sessions/session.ts';
import { AuditPage } from '#views/audit/audit-page.tsx';
import { noFilter } from '#views/audit/path.ts';
import { sentenceOf } from '#views/audit/sentence.ts';
import { auditRow } from './audit-row.ts';
import { listDoers } from './doers.ts';
import { toEntries } from './entry.ts';
import { type ExportFormat, exportAudit, streamOf } from './export.ts';
import { type AskedAudit, readAuditFilter } from './filter.ts';
import { listAudit } from './list-audit.ts';
import { nameObjects } from './name-objects.ts';

const PAGE = 50;
const Text = t.Optional(t.String({ maxLength: 200 }));
const Filter = { by: Text, kind: Text, object: Text, from: Text, to: Text };

const MINUTE_S = 60;
const EXPORTS_A_MINUTE = 6;

const types: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json; charset=utf-8',
};

type AuditServices = Pick<Services, 'control' | 'now'> & SessionServices;

/** The audit trail of an account, for those who may read it. */
export const audit = (services: AuditServices) => {
  const { control, accounts, now } = services;
  const limit = createRateLimit({ perSecond: EXPORTS_A_MINUTE / MINUTE_S, burst: EXPORTS_A_MINUTE, now });

  const download = async (format: ExportFormat, viewer: Person, asked: AskedAudit): Promise<Response> => {
    demand(viewer, 'audit.read');
    const { timeZone } = await findAccount(control, viewer.accountId);
    const filter = readAuditFilter(asked, timeZone);
    if (limit.take(String(viewer.userId)) > 0) {
      throw tooMany;
    }
    await noteExport(services, viewer, format, asked);
    const texts = exportAudit(services, viewer.accountId, filter, { format, say: sentenceOf });
    return new Response(streamOf(texts), { headers: headersOf(format, now()) });
  };

  return new Elysia({ name: 'audit', prefix: '/settings' })
    .use(session(services))
    .get(
      '/audit',
      async ({ viewer, query }) => {
        demand(viewer, 'audit.read');
        const account = await findAccount(control, viewer.accountId);
        const asked = askedIn(query);
        const filter = readAuditFilter(asked, account.timeZone);
        const place = query.cursor === undefined ? { limit: PAGE } : { limit: PAGE, cursor: query.cursor };
        const shown = await accounts.use(viewer.accountId, async (inbox) => {
          const { rows, next, passed } = await listAudit(inbox, filter, place);
          const names = new Map<string, string | null>();
          await nameObjects(control, inbox, filter.object === null ? [] : [filter.object], names);
          return {
            entries: await toEntries(control, inbox, rows, names),
            next,
            passed,
            doers: await listDoers(control, inbox),
            objectName: filter.object === null ? null : (names.get(filter.object) ?? null),
          };
        });
        const isFirst = query.cursor === undefined;
        return page(
          <AuditPage viewer={viewer} account={account} asked={asked} isFirst={isFirst} {...shown} />,
        );
      },
      { query: t.Object({ ...Filter, cursor: Text }) },
    )
    .get('/audit.csv', ({ viewer, query }) => download('csv', viewer, askedIn(query)), {
      query: t.Object(Filter),
    })
    .get('/audit.json', ({ viewer, query }) => download('json', viewer, askedIn(query)), {
      query: t.Object(Filter),
    });
};

type Person = Extract<Viewer, { kind: 'person' }>;

const askedIn = (query: Partial<AskedAudit>): AskedAudit => ({
  by: query.by ?? noFilter.by,
  kind: query.kind ?? noFilter.kind,
  object: query.object ?? noFilter.object,
  from: query.from ?? noFilter.from,
  to: query.to ?? noFilter.to,
});

/** Before the first byte: who takes the trail away is in it. */
function noteExport(
  { accounts, now }: AuditServices,
  viewer: Person,
  format: ExportFormat,
  asked: AskedAudit,
): Promise<void> {
  const filter = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ''));
  return accounts.use(viewer.accountId, (inbox) =>
    inbox.write('full', [
      auditRow(inbox, {
        at: now(),
        actor: viewer,
        action: 'audit.exported',
        object: `account:${viewer.accountId}`,
        data: { format, ...(Object.keys(filter).length === 0 ? {} : { filter }) },
      }),
    ]),
  );
}

function headersOf(format: ExportFormat, now: number): Record<string, string> {
  const day = new Date(now).toISOString().slice(0, 10);
  return {
    'content-type': types[format],
    'content-disposition': `attachment; filename="audit-${day}.${format}"`,
    'cache-control': 'private, no-store',
  };
}

const tooMany = new Problem(
  429,
  'too-many-requests',
  'Too many exports at once',
  'An export reads the whole trail. Try it again in a minute.',
);
