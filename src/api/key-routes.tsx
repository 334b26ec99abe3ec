/** @jsxImportSource preact */
import { Elysia, t } from 'elysia';
import { findAccount } from '#src/accounts/find-account.ts';
import type { Config } from '#src/config.ts';
import { idFrom } from '#src/conversations/conversation.ts';
import { Invalid } from '#src/errors.ts';
import { page } from '#src/http/page.ts';
import { seeOther } from '#src/http/see-other.ts';
import { demand } from '#src/people/permission.ts';
import type { Services } from '#src/services.ts';
import type { SessionServices } from '#src/sessions/find-session.ts';
import { demandProof } from '#src/sessions/proof.ts';
import { session } from '#src/sessions/session.ts';
import { KeysPage } from '#views/api/keys-page.tsx';
import { MadeKeyPage } from '#views/api/made-key-page.tsx';
import { NewKeyPage } from '#views/api/new-key-page.tsx';
import { RevocationPage } from '#views/api/revocation-page.tsx';
import { words } from '#views/words/words.ts';
import { isExpiry, readExpiry } from './expiry.ts';
import { findKey, listKeys } from './list-keys.ts';
import { createApiKey } from './new-key.ts';
import { revokeKey } from './revocation.ts';
import { apiScopes, grantable } from './scopes.ts';

const PAGE = 100;
const Id = t.Object({ id: t.String() });
const Text = t.Optional(t.String({ maxLength: 1_000 }));
const Form = t.Object({
  name: Text,
  expiry: Text,
  date: Text,
  ...Object.fromEntries(apiScopes.map((scope) => [scope, Text])),
});
type Given = Readonly<Record<string, string | undefined>>;

/** The keys of an account, for those who look after its programs. */
export const apiKeysPages = (services: Pick<Services, 'control' | 'now'> & SessionServices) => {
  const { control, config, now } = services;

  return new Elysia({ name: 'api-keys', prefix: '/settings/api' })
    .use(session(services))
    .get(
      '',
      async ({ viewer, query }) => {
        demand(viewer, 'keys.manage');
        const before = query.cursor === undefined ? {} : { before: query.cursor };
        const listed = await listKeys(services, viewer.accountId, { ...before, limit: PAGE });
        const account = await findAccount(control, viewer.accountId);
        const place = { ...listed, isFirst: query.cursor === undefined };
        return page(<KeysPage viewer={viewer} account={account} now={now()} {...place} />);
      },
      {
        query: t.Object({ cursor: t.Optional(t.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })) }),
      },
    )
    .get('/new', async ({ viewer }) => {
      demand(viewer, 'keys.manage');
      const account = await findAccount(control, viewer.accountId);
      return page(<NewKeyPage viewer={viewer} account={account} scopes={grantable(viewer)} />);
    })
    .post(
      '',
      async ({ request, viewer, body }) => {
        demand(viewer, 'keys.manage');
        demandProof(viewer, now());
        const account = await findAccount(control, viewer.accountId);
        const shown = { viewer, account };
        try {
          const wanted = readForm(body, account.timeZone, now());
          const { key } = await createApiKey(services, { ...wanted, accountId: viewer.accountId }, viewer);
          const origin = originOf(request, config);
          return page(<MadeKeyPage {...shown} secret={key} origin={origin} {...wanted} />);
        } catch (error) {
          if (!(error instanceof Invalid)) {
            throw error;
          }
          const form = { scopes: grantable(viewer), given: body, errors: inForm(error) };
          return page(<NewKeyPage {...shown} {...form} />, { status: 422 });
        }
      },
      { body: Form },
    )
    .get(
      '/:id/revocation',
      async ({ viewer, params }) => {
        demand(viewer, 'keys.manage');
        const key = await findKey(services, viewer.accountId, idFrom(params.id));
        const account = await findAccount(control, viewer.accountId);
        return page(<RevocationPage viewer={viewer} account={account} apiKey={key} now={now()} />);
      },
      { params: Id },
    )
    .post(
      '/:id/revocation',
      async ({ viewer, params }) => {
        demand(viewer, 'keys.manage');
        demandProof(viewer, now());
        await revokeKey(services, { accountId: viewer.accountId, id: idFrom(params.id) }, viewer);
        return seeOther('/settings/api');
      },
      { params: Id },
    );
};

/** What the form asks for. A key without scopes could do everything, so here some have to be chosen. */
function readForm(given: Given, timeZone: string, now: number) {
  const { name = '', expiry = '', date = '' } = given;
  const scopes = apiScopes.filter((scope) => given[scope] !== undefined);
  const errors = {
    ...(scopes.length === 0 ? { scopes: words.keys.chooseScope } : {}),
    ...(isExpiry(expiry) ? {} : { expiry: words.keys.chooseExpiry }),
  };
  if (!isExpiry(expiry) || scopes.length === 0) {
    throw new Invalid(errors);
  }
  return { name, scopes, expiresAt: readExpiry({ expiry, date }, timeZone, now) };
}

/** The form has no field for the account that it is in. */
function inForm({ fields: { account, ...fields } }: Invalid): Record<string, string> {
  return account === undefined ? fields : { ...fields, name: words.keys.notActive };
}

/** Where programs reach the API: the public address, or the one that this request came to. */
function originOf({ url }: Request, config: Pick<Config, 'url'>): string {
  return config.url ?? (URL.canParse(url) ? new URL(url).origin : '');
}
