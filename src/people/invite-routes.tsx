/** @jsxImportSource preact */
import { Elysia, t } from 'elysia';
import { createDenials } from '#src/audit/denials.ts';
import { Invalid, NotFound, Problem } from '#src/errors.ts';
import { addressGroup } from '#src/http/client-address.ts';
import { page } from '#src/http/page.ts';
import { forgiveWait } from '#src/http/request-log.ts';
import { seeOther } from '#src/http/see-other.ts';
import type { Live } from '#src/live/live.ts';
import type { Services } from '#src/services.ts';
import { accountCookie } from '#src/sessions/account-cookie.ts';
import { letInByLink } from '#src/sessions/enter.ts';
import { findSession, type Session, type SessionServices } from '#src/sessions/find-session.ts';
import { findByPassword } from '#src/sessions/sign-in.ts';
import { createSignInDelay, type Turn } from '#src/sessions/sign-in-delay.ts';
import { switchAccount } from '#src/sessions/switch-account.ts';
import { JoinPage, type JoinProps } from '#views/people/join-page.tsx';
import { LinkOver } from '#views/people/link-over.tsx';
import { words } from '#views/words/words.ts';
import { joinAs, joinAsNew, type Opened, openInvitation } from './accept-invitation.ts';
import { readDisplay } from './display.ts';
import { createDoorLimit } from './door-limit.ts';
import { Text } from './form.ts';
import type { MailPart } from './mail-part.ts';

export type InviteServices = SessionServices &
  Pick<Services, 'phase'> & { live: Pick<Live, 'revalidate'> } & MailPart;

const Form = t.Optional(t.Object({ name: Text, password: Text }));
const ByToken = t.Object({ token: t.String({ maxLength: 100 }) });

/** The other end of an invitation: joining the business. */
export const invitation = (
  services: InviteServices,
  { wait = Bun.sleep }: { wait?: (ms: number) => Promise<void> } = {},
) => {
  const { config, control, now } = services;
  const limit = createDoorLimit(config, now);
  const delay = createSignInDelay(now);
  const denials = createDenials(services);

  const overPage = (request: Request, state: 'unknown' | Exclude<Opened['state'], 'good'>) =>
    page(<LinkOver kind="invite" state={state} display={readDisplay(request)} />, { status: 404 });

  function show(
    request: Request,
    { invitation: invited, account, by }: Opened,
    who: Pick<JoinProps, 'token' | 'as' | 'signedInAs' | 'name' | 'errors'>,
    status = 200,
    headers: Record<string, string> = {},
  ) {
    const props = { account, by, email: invited.email, display: readDisplay(request), ...who };
    return page(<JoinPage {...props} />, { status, headers });
  }

  async function open(token: string): Promise<Opened | null> {
    try {
      return await openInvitation(services, token);
    } catch (error) {
      if (error instanceof NotFound) {
        return null;
      }
      throw error;
    }
  }

  /** Who sits before it, as far as the invitation is concerned. */
  function readerOf({ invitee }: Opened, session: Session | null): JoinProps['as'] {
    if (session === null) {
      return invitee.kind;
    }
    const isTheirs = invitee.kind !== 'new' && invitee.user.id === session.viewer.userId;
    return isTheirs ? 'themselves' : 'other';
  }

  /** Somebody who is in no business now proves who they are; they sign in afterwards, with all that belongs to it. */
  async function joinWithPassword(
    request: Request,
    opened: Opened,
    { token, password, address }: { token: string; password: string; address: string },
  ): Promise<Response> {
    const { email } = opened.invitation;
    const turn: Turn = delay.take(email, addressGroup(address));
    const again = (why: string, status: number, headers = {}) =>
      show(request, opened, { token, as: 'homeless', errors: { password: why } }, status, headers);
    if (turn.isRefused) {
      const seconds = Math.ceil(turn.retryAfterMs / 1000);
      return again(words.joinPage.wait(seconds), 429, { 'retry-after': String(seconds) });
    }
    if (turn.waitMs > 0) {
      await wait(turn.waitMs);
      forgiveWait(request, turn.waitMs);
    }
    const user = await findByPassword(control, { email, password });
    if (user === null) {
      return again(words.joinPage.wrong, 422);
    }
    turn.succeeded();
    await joinAs(services, opened, user);
    return seeOther('/login', { 'set-cookie': accountCookie(opened.accountId, config) });
  }

  async function joinHere(request: Request, opened: Opened, { viewer }: Session): Promise<Response> {
    await joinAs(services, opened, { id: viewer.userId, name: viewer.name });
    const response = seeOther('/inbox');
    for (const cookie of await switchAccount(services, request, opened.accountId, viewer)) {
      response.headers.append('set-cookie', cookie);
    }
    return response;
  }

  return new Elysia({ name: 'invitation', prefix: '/invite' })
    .get(
      '/:token',
      async ({ request, params }) => {
        const opened = await open(params.token);
        if (opened?.state !== 'good') {
          return overPage(request, opened?.state ?? 'unknown');
        }
        const session = await findSession(services, request);
        return show(request, opened, {
          token: params.token,
          as: readerOf(opened, session),
          signedInAs: session?.viewer.name,
          name: opened.invitation.name,
        });
      },
      { params: ByToken },
    )
    .post(
      '/:token',
      async ({ request, params, body, server }) => {
        limit.admit(request, server);
        const { token } = params;
        const { name = '', password = '' } = body ?? {};
        const opened = await open(token);
        if (opened?.state !== 'good') {
          return overPage(request, opened?.state ?? 'unknown');
        }
        const session = await findSession(services, request);
        const as = readerOf(opened, session);
        const address = limit.addressOf(request, server);
        try {
          if (session !== null && as === 'other') {
            const { viewer } = session;
            // No guard has let them in, so that nobody else takes note of it.
            const denied = { method: 'POST', route: '/invite/:token', status: 403, type: 'forbidden' };
            denials.note({ viewer: { ...viewer, address }, ...denied });
            return show(request, opened, { token, as, signedInAs: viewer.name }, 403);
          } else if (session !== null) {
            return await joinHere(request, opened, session);
          } else if (as === 'homeless') {
            return await joinWithPassword(request, opened, { token, password, address });
          } else if (as === 'known') {
            return show(request, opened, { token, as }, 422);
          }
          const userId = await joinAsNew(services, opened, { name, password });
          return (await letInByLink(services, request, { userId, address })) ?? seeOther('/login');
        } catch (error) {
          if (error instanceof Invalid) {
            return show(request, opened, { token, as, name, errors: { ...error.fields } }, 422);
          } else if (error instanceof Problem && error.type === 'link-over') {
            return overPage(request, 'used');
          }
          throw error;
        }
      },
      { params: ByToken, body: Form },
    );
};
