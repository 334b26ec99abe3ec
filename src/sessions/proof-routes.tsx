/** @jsxImportSource preact */
import { Elysia, t } from 'elysia';
import { NotFound } from '#src/errors.ts';
import { addressGroup } from '#src/http/client-address.ts';
import { page } from '#src/http/page.ts';
import { requestIdOf } from '#src/http/request-id.ts';
import { forgiveWait } from '#src/http/request-log.ts';
import { seeOther } from '#src/http/see-other.ts';
import { ProofPage, type ProofProblem } from '#views/sessions/proof-page.tsx';
import { words } from '#views/words/words.ts';
import { sessionCookie } from './cookie.ts';
import type { DoorServices } from './door-services.ts';
import { emailOf } from './email-of.ts';
import { guessesOf, takeChallenge } from './guesses.ts';
import { ABSOLUTE_MS } from './limits.ts';
import { readNext } from './next.ts';
import { passkeysOf } from './passkeys.ts';
import { isOwnPassword, renewProven, useOwnCode } from './prove.ts';
import { isRecoveryCode } from './recovery-codes.ts';
import { relyingPartyOf } from './relying-party.ts';
import { loadSecondFactor } from './second-factor.ts';
import { heldSession } from './session.ts';
import type { Self } from './tell-owner.ts';
import { acceptPasskey, askForPasskey } from './use-passkey.ts';

const Text = t.Optional(t.String());
const Given = t.Object({
  password: Text,
  code: t.Optional(t.String({ maxLength: 64 })),
  next: Text,
  again: Text,
});
const Answer = t.Object({ credential: t.String({ maxLength: 16_384 }), next: Text, again: Text });

type Parts = { wait?: (ms: number) => Promise<void> };
type Aim = { next: string; isAgain: boolean };

/** Somebody who is signed in proves who they are once more, before what a borrowed session must not do. */
export const proof = (services: DoorServices, { wait = Bun.sleep }: Parts = {}) => {
  const { control, config, log } = services;
  const guesses = guessesOf(services);

  type Asked = { viewer: Self; request: Request; server: Parameters<typeof relyingPartyOf>[1] };

  async function show({ viewer, request, server }: Asked, aim: Aim, problem?: ProofProblem, status = 422) {
    const factor = await loadSecondFactor(control, viewer.userId);
    const hasPasskeys = (await passkeysOf(control, viewer.userId)).length > 0;
    const view = (
      <ProofPage
        {...aim}
        display={viewer.display}
        email={await emailOf(control, viewer.userId)}
        takesCodes={factor?.secret != null}
        takesPasskeys={hasPasskeys && relyingPartyOf(request, server, config) !== null}
        {...(problem === undefined ? {} : { problem })}
      />
    );
    return page(view, { status: problem === undefined ? 200 : status });
  }

  async function proven(
    mine: { viewer: Self; sessionHash: string },
    means: Parameters<typeof renewProven>[2],
    aim: Aim,
  ) {
    const token = await renewProven(services, mine, means);
    return token === null
      ? seeOther('/login')
      : seeOther(afterProof(aim), { 'set-cookie': sessionCookie(token, ABSOLUTE_MS, config) });
  }

  function refused({ request, viewer }: Asked): void {
    log.info({ requestId: requestIdOf(request), address: viewer.address }, 'a proof was refused');
  }

  async function byCode(asked: Asked, sessionHash: string, code: string, aim: Aim) {
    const { viewer } = asked;
    const waitMs = isRecoveryCode(code) ? 0 : guesses.codes.take(String(viewer.userId));
    if (waitMs > 0) {
      return show(asked, aim, { field: 'code', text: words.door.wait(Math.ceil(waitMs / 1000)) }, 429);
    } else if (await useOwnCode(services, viewer.userId, code)) {
      return proven({ viewer, sessionHash }, 'code', aim);
    }
    refused(asked);
    return show(asked, aim, { field: 'code', text: words.door.wrongCode });
  }

  async function byPassword(asked: Asked, sessionHash: string, password: string, aim: Aim) {
    const { viewer, request } = asked;
    const turn = guesses.passwords.take(String(viewer.userId), addressGroup(viewer.address ?? ''));
    if (turn.isRefused) {
      const text = words.door.wait(Math.ceil(turn.retryAfterMs / 1000));
      return show(asked, aim, { field: 'password', text }, 429);
    }
    if (turn.waitMs > 0) {
      await wait(turn.waitMs);
      forgiveWait(request, turn.waitMs);
    }
    if (await isOwnPassword(services, viewer.userId, password)) {
      turn.succeeded();
      return proven({ viewer, sessionHash }, 'password', aim);
    }
    refused(asked);
    return show(asked, aim, { field: 'password', text: words.door.wrongPassword });
  }

  return new Elysia({ name: 'proof', prefix: '/me/proof' })
    .use(heldSession(services))
    .get(
      '',
      ({ viewer, request, server, query }) =>
        show({ viewer, request, server }, aimOf(query.next, query.again)),
      { query: t.Object({ next: Text, again: Text }) },
    )
    .post(
      '',
      ({ viewer, sessionHash, request, server, body }) => {
        const aim = aimOf(body.next, body.again);
        const asked = { viewer, request, server };
        return body.code === undefined
          ? byPassword(asked, sessionHash, body.password ?? '', aim)
          : byCode(asked, sessionHash, body.code, aim);
      },
      { body: Given },
    )
    .post('/passkey/options', async ({ viewer, request, server }) => {
      const party = relyingPartyOf(request, server, config);
      if (party === null) {
        throw new NotFound('there are no passkeys at this address');
      }
      takeChallenge(guesses, String(viewer.userId));
      return askForPasskey(services, party, { purpose: 'proof', userId: viewer.userId });
    })
    .post(
      '/passkey',
      async ({ viewer, sessionHash, request, server, body }) => {
        const aim = aimOf(body.next, body.again);
        const party = relyingPartyOf(request, server, config);
        const question = { purpose: 'proof', userId: viewer.userId } as const;
        if (party !== null && (await acceptPasskey(services, party, question, body.credential)) !== null) {
          return proven({ viewer, sessionHash }, 'passkey', aim);
        }
        const asked = { viewer, request, server };
        refused(asked);
        return show(asked, aim, { field: 'passkey', text: words.door.passkeys.refused });
      },
      { body: Answer },
    );
};

const aimOf = (next: string | undefined, again: string | undefined): Aim => ({
  next: readNext(next),
  isAgain: again !== undefined,
});

/** Back to the page; those that can say so tell to press the button again. */
function afterProof({ next, isAgain }: Aim): string {
  if (!isAgain) {
    return next;
  }
  const url = new URL(next, 'http://localhost');
  url.searchParams.set('said', 'proven');
  return `${url.pathname}${url.search}`;
}
