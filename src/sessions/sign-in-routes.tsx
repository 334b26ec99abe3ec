/** @jsxImportSource preact */

import { eq } from 'drizzle-orm';
import { Elysia, t } from 'elysia';
import { users } from '#src/db/schema/control.ts';
import { NotFound } from '#src/errors.ts';
import { addressGroup, clientAddressOf } from '#src/http/client-address.ts';
import { page } from '#src/http/page.ts';
import { requestIdOf } from '#src/http/request-id.ts';
import { seeOther } from '#src/http/see-other.ts';
import { readDisplay } from '#src/people/display.ts';
import { SecondStepPage, type StepProblem } from '#views/sessions/second-step-page.tsx';
import { SignIn } from '#views/sessions/sign-in.tsx';
import type { DoorServices } from './door-services.ts';
import { letIn, queryOf } from './enter.ts';
import { guessesOf, takeChallenge } from './guesses.ts';
import { readNext } from './next.ts';
import { passkeysOf } from './passkeys.ts';
import { isRecoveryCode } from './recovery-codes.ts';
import { relyingPartyOf } from './relying-party.ts';
import { loadSecondFactor } from './second-factor.ts';
import { answerStep, findStep, finishStep, type Step } from './second-step.ts';
import { acceptPasskey, askForPasskey } from './use-passkey.ts';

const Text = t.Optional(t.String());
const Code = t.Object({ code: t.Optional(t.String({ maxLength: 64 })), next: Text });
const Answer = t.Object({ credential: t.String({ maxLength: 16_384 }), next: Text });

type Socket = Parameters<typeof relyingPartyOf>[1];

/** Signing in beyond the password: the second factor on a page of its own, and passkeys. */
export const signInFurther = (services: DoorServices) => {
  const { control, config, log } = services;
  const guesses = guessesOf(services);
  const addressOf = clientAddressOf(config);

  const partyOf = (request: Request, server: Socket) => {
    const party = relyingPartyOf(request, server, config);
    if (party === null) {
      throw new NotFound('there are no passkeys at this address');
    }
    return party;
  };
  const overFor = (next: string) => seeOther(`/login?over=1${queryOf(next).replace('?', '&')}`);
  const refused = (request: Request, server: Socket) =>
    log.info(
      { requestId: requestIdOf(request), address: addressOf(request, server) },
      'a second factor was refused',
    );

  async function show(
    step: Step,
    next: string,
    request: Request,
    server: Socket,
    problem?: StepProblem,
  ): Promise<Response> {
    const factor = await loadSecondFactor(control, step.user.id);
    const hasPasskeys = (await passkeysOf(control, step.user.id)).length > 0;
    const view = (
      <SecondStepPage
        display={readDisplay(request)}
        next={next}
        takesCodes={factor?.secret != null}
        takesPasskeys={hasPasskeys && relyingPartyOf(request, server, config) !== null}
        {...(problem === undefined ? {} : { problem })}
      />
    );
    return page(view, { status: problem === undefined ? 200 : typeof problem === 'object' ? 429 : 422 });
  }

  return new Elysia({ name: 'sign-in-further', prefix: '/login' })
    .get(
      '/second-factor',
      async ({ request, query, server }) => {
        const step = await findStep(services, request);
        const next = readNext(query.next);
        return step === null ? overFor(next) : show(step, next, request, server);
      },
      { query: t.Object({ next: Text }) },
    )
    .post(
      '/second-factor',
      async ({ request, body, server }) => {
        const { code = '' } = body;
        const next = readNext(body.next);
        const step = await findStep(services, request);
        if (step === null) {
          return overFor(next);
        }
        const waitMs = isRecoveryCode(code) ? 0 : guesses.codes.take(String(step.user.id));
        if (waitMs > 0) {
          return show(step, next, request, server, { waitSeconds: Math.ceil(waitMs / 1000) });
        }
        const answer = await answerStep(services, step.hash, code);
        if (answer !== 'done') {
          refused(request, server);
          return answer === 'over' ? overFor(next) : show(step, next, request, server, 'code');
        }
        const entry = { request, address: addressOf(request, server), next };
        return (await letIn(services, step.user, entry, 'password and code')) ?? overFor(next);
      },
      { body: Code },
    )
    .post('/second-factor/passkey/options', async ({ request, server }) => {
      const party = partyOf(request, server);
      takeChallenge(guesses, addressGroup(addressOf(request, server)));
      const step = await findStep(services, request);
      if (step === null) {
        throw new NotFound('no sign-in waits for its second factor');
      }
      return askForPasskey(services, party, { purpose: 'second-factor', userId: step.user.id });
    })
    .post(
      '/second-factor/passkey',
      async ({ request, body, server }) => {
        const party = partyOf(request, server);
        const next = readNext(body.next);
        const step = await findStep(services, request);
        if (step === null) {
          return overFor(next);
        }
        const question = { purpose: 'second-factor', userId: step.user.id } as const;
        if ((await acceptPasskey(services, party, question, body.credential)) === null) {
          refused(request, server);
          return show(step, next, request, server, 'passkey');
        }
        const entry = { request, address: addressOf(request, server), next };
        const isIn = await finishStep(services, step.hash);
        return (isIn && (await letIn(services, step.user, entry, 'password and passkey'))) || overFor(next);
      },
      { body: Answer },
    )
    .post('/passkey/options', async ({ request, server }) => {
      const party = partyOf(request, server);
      takeChallenge(guesses, addressGroup(addressOf(request, server)));
      return askForPasskey(services, party, { purpose: 'sign-in', userId: null });
    })
    .post(
      '/passkey',
      async ({ request, body, server }) => {
        const party = partyOf(request, server);
        const next = readNext(body.next);
        const address = addressOf(request, server);
        const question = { purpose: 'sign-in', userId: null } as const;
        const userId = await acceptPasskey(services, party, question, body.credential);
        const user = userId === null ? null : await findEnabled(control, userId);
        const entered = user && (await letIn(services, user, { request, address, next }, 'passkey'));
        if (entered === null) {
          log.info({ requestId: requestIdOf(request), address }, 'a sign-in was refused');
          const view = <SignIn next={next} problem="passkey" takesPasskeys display={readDisplay(request)} />;
          return page(view, { status: 422 });
        }
        return entered;
      },
      { body: Answer },
    );
};

async function findEnabled({ sql: db }: DoorServices['control'], userId: number) {
  const [user] = await db.select().from(users).where(eq(users.id, userId)).limit(1);
  return user && user.disabledAt === null ? user : null;
}
