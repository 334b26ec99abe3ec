import { Invalid } from '#src/errors.ts';
import { createRecent, type Recent } from '#src/http/recent.ts';
import { changeCredentials } from './credentials.ts';
import type { DoorServices } from './door-services.ts';
import { passkeysOf } from './passkeys.ts';
import { newRecoveryCodes } from './recovery-codes.ts';
import { loadSecondFactor, newSecretOfApp, sealSecondFactor, stepOfCode } from './second-factor.ts';
import { letterTo, record, type Self } from './tell-owner.ts';

const WRONG =
  'That code does not fit. See that the time of your device is right, and enter the code it shows now.';
const OVER = 'This took too long. Start over.';
const NONE = 'There is no second factor yet. Set one up first: the codes come with it.';

const VALID_FOR_MS = 15 * 60_000;
const REMEMBERED = 1_000;

type Mine = { viewer: Self; sessionHash: string };
type Started = { secret: string; until: number };

/** Secrets that no code has confirmed yet, by session: in memory alone, so that none is kept for nothing. */
const started = new WeakMap<object, Recent<Started>>();

function startedOf({ control }: Pick<DoorServices, 'control'>): Recent<Started> {
  const known = started.get(control) ?? createRecent<Started>(REMEMBERED);
  started.set(control, known);
  return known;
}

/** Makes a secret for an authenticator app, which counts only once a code has confirmed it. */
export async function startApp(services: DoorServices, { viewer, sessionHash }: Mine): Promise<void> {
  const until = services.now() + VALID_FOR_MS;
  startedOf(services).set(`${viewer.userId} ${sessionHash}`, { secret: await newSecretOfApp(), until });
}

/** The secret that this session has started with, or null. */
export function startedSecret(services: DoorServices, { viewer, sessionHash }: Mine): string | null {
  const found = startedOf(services).get(`${viewer.userId} ${sessionHash}`);
  return found && services.now() < found.until ? found.secret : null;
}

/**
 * Turns the app on with its first code; all other sessions end. Returns recovery codes, to be shown once, unless
 * there are some from before. Throws `Invalid` (`code`).
 */
export async function confirmApp(
  services: DoorServices,
  mine: Mine,
  code: string,
): Promise<readonly string[] | null> {
  const { viewer, sessionHash } = mine;
  const { control, now } = services;
  const { userId } = viewer;
  const secret = startedSecret(services, mine);
  const step = await stepOfCode({ secret, lastStep: -1 }, code, now());
  if (secret === null || step === null) {
    throw new Invalid({ code: secret === null ? OVER : WRONG });
  }
  startedOf(services).delete(`${userId} ${sessionHash}`);
  await record(services, viewer, 'second_factor.on');
  const letters = await letterTo(services, userId, {
    kind: 'second-factor-changed',
    change: 'on',
    at: now(),
  });
  const codes = await control.turn(async (commit) => {
    const before = await loadSecondFactor(control, userId);
    const first = before === null ? newRecoveryCodes() : null;
    const recovery = first?.hashes ?? before?.recovery ?? [];
    const secondFactor = sealSecondFactor(control, userId, { secret, lastStep: step, recovery });
    await commit('full', [
      ...changeCredentials(control, { userId, sessionHash }, { secondFactor }),
      ...letters,
    ]);
    return first?.codes ?? null;
  });
  await told(services, userId, letters.length > 0);
  return codes;
}

/** Turns the app off; all other sessions end. With no passkey left there is no second factor any more. */
export async function turnOffApp(services: DoorServices, { viewer, sessionHash }: Mine): Promise<void> {
  const { control, now } = services;
  const { userId } = viewer;
  if ((await loadSecondFactor(control, userId))?.secret == null) {
    return;
  }
  await record(services, viewer, 'second_factor.off');
  const isTold = await control.turn(async (commit) => {
    const factor = await loadSecondFactor(control, userId);
    const hasPasskeys = (await passkeysOf(control, userId)).length > 0;
    const letters = await letterTo(services, userId, {
      kind: 'second-factor-changed',
      change: hasPasskeys ? 'app-off' : 'off',
      at: now(),
    });
    const secondFactor =
      factor && hasPasskeys ? sealSecondFactor(control, userId, { ...factor, secret: null }) : null;
    await commit('full', [
      ...changeCredentials(control, { userId, sessionHash }, { secondFactor }),
      ...letters,
    ]);
    return letters.length > 0;
  });
  await told(services, userId, isTold);
}

/**
 * New recovery codes, to be shown once; the old ones stop working, and all other sessions end. Throws `Invalid` (`code`)
 * without a second factor.
 */
export async function renewRecoveryCodes(
  services: DoorServices,
  { viewer, sessionHash }: Mine,
): Promise<readonly string[]> {
  const { control, now } = services;
  const { userId } = viewer;
  if ((await loadSecondFactor(control, userId)) === null) {
    throw new Invalid({ code: NONE });
  }
  await record(services, viewer, 'recovery_codes.renewed');
  const letters = await letterTo(services, userId, {
    kind: 'second-factor-changed',
    change: 'codes',
    at: now(),
  });
  const { codes, hashes } = newRecoveryCodes();
  await control.turn(async (commit) => {
    const factor = await loadSecondFactor(control, userId);
    if (factor === null) {
      throw new Invalid({ code: NONE });
    }
    const secondFactor = sealSecondFactor(control, userId, { ...factor, recovery: hashes });
    await commit('full', [
      ...changeCredentials(control, { userId, sessionHash }, { secondFactor }),
      ...letters,
    ]);
  });
  await told(services, userId, letters.length > 0);
  return codes;
}

async function told(services: DoorServices, userId: number, hasLetter: boolean): Promise<void> {
  if (hasLetter) {
    services.mail?.wake();
  }
  await services.live.revalidate(userId);
}
