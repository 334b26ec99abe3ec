import type { RetryPolicy } from './deliveries.ts';
import { GraphError } from './graph-error.ts';
import type { Line } from './line.ts';
import { planSpoiling, type Spoiled, type Spoiling, type SpoilOptions } from './media/spoil.ts';
import { flushStatuses } from './statuses.ts';
import { numberOf, track, type World } from './world.ts';

/**
 * Which requests a trouble waits for. Read receipts count apart, or they would use it up unseen. `media` asks for or
 * deletes a file by its id, `download` fetches it from its address. `to` is whom a message goes to, as its request says.
 */
export type TroubleScope = { on?: RequestKind | 'any'; phoneNumberId?: string; to?: string };
export type RequestKind = 'message' | 'read' | 'upload' | 'media' | 'download' | 'other';

type Before = { is: 'cut' } | { is: 'html'; status: number } | { is: 'refusal'; error: GraphError };
type After = { is: 'silence' } | { is: 'cut' } | { is: 'garbage'; body: string };
export type Planned<T> = { trouble: T; left: number } & Target;
type Target = { on: RequestKind | 'any'; phoneNumberId: string | null; to: string | null };

/** What goes wrong at present. */
export type Weather = {
  before: Planned<Before>[];
  after: Planned<After>[];
  closedWindowAsync: boolean;
  /** So many of the next messages are accepted and then reported as undeliverable. */
  undeliverable: number;
  /** So many of the next messages with a file are accepted and then reported as failed for it. */
  unprocessable: number;
  spoiled: Planned<Spoiled>[];
  /** Milliseconds before any Graph request is answered. */
  slowness: number;
  /** While answers are paused: what resolves when they go on. */
  pausing: PromiseWithResolvers<void> | null;
  /** Minutes in which the business may go on, as answers about messages say in their headers. */
  restMinutes: number;
  losingWebhooks: boolean;
  repeat: number;
  retry: RetryPolicy | false;
};

export type Trouble = {
  expireToken(phoneNumberId: string): void;
  /** Without a token the number gets back the one it had. */
  renewToken(phoneNumberId: string, token?: string): void;
  /** Refuses with a Graph error; nothing is accepted. `httpStatus` is 400 unless told otherwise. */
  failNext(
    code: number,
    options?: TroubleScope & {
      httpStatus?: number;
      count?: number;
      message?: string;
      details?: string;
      subcode?: number;
    },
  ): void;
  /** Accepts, sends the statuses, and never answers. */
  hang(count?: number, scope?: TroubleScope): void;
  /** Accepts, sends the statuses, and cuts the connection instead of answering. */
  resetAfterAccept(count?: number, scope?: TroubleScope): void;
  /** Cuts the connection without accepting. */
  resetBeforeAccept(count?: number, scope?: TroubleScope): void;
  /** Answers 200 with something that is not JSON. The message is accepted unless `accept` is false. */
  garbage(count?: number, options?: TroubleScope & { accept?: boolean; body?: string }): void;
  /** Answers with a page of HTML, as a proxy in between does; nothing is accepted. */
  httpError(status: number, count?: number, scope?: TroubleScope): void;
  /** A closed window is reported by a `failed` status instead of by the answer. */
  closedWindowAsync(on: boolean): void;
  pauseStatuses(): void;
  /** Resolves when what had waited was answered. */
  resumeStatuses(): Promise<void>;
  losingWebhooks(on: boolean): void;
  /** Statuses of about the same moment go in another order than they happened. */
  shuffle(on: boolean): void;
  /** Every webhook goes this many times in all; 1 is normal. */
  repeat(times: number): void;
  retry(policy: RetryPolicy | false): void;
  /** Nobody reaches the Graph API: connections are refused until the network is restored. */
  loseNetwork(): void;
  restoreNetwork(): void;
  isNetworkLost(): boolean;
  /** So many of the next messages are accepted, and then a `failed` status (131026) tells that they did not arrive. */
  undeliverable(count: number): void;
  /** The same for messages that name a file by its id, with 131053: Meta cannot process the file. */
  unprocessable(count: number): void;
  /** Spoils what is told of files or fetched of them, once unless told otherwise. */
  spoil(how: Spoiling, options?: SpoilOptions): void;
  /** Answers every Graph request so many milliseconds late; 0 is normal. */
  answerLate(milliseconds: number): void;
  /** From now on Graph requests are seen, and nothing is done about them until answers are resumed. */
  pauseAnswers(): void;
  resumeAnswers(): void;
  /** Takes messages on and says with each that the limit is reached, for so many minutes; 0 is normal. */
  limitReached(minutes: number): void;
  /** Back to fair weather; tokens stay as they are. Statuses that waited are let go. */
  clear(): void;
};

const PATIENT: RetryPolicy = { attempts: 6, firstDelay: 100, longestDelay: 2000 };

export function fairWeather(): Weather {
  return {
    before: [],
    after: [],
    closedWindowAsync: false,
    undeliverable: 0,
    unprocessable: 0,
    spoiled: [],
    slowness: 0,
    pausing: null,
    restMinutes: 0,
    losingWebhooks: false,
    repeat: 1,
    retry: PATIENT,
  };
}

export function createTrouble(world: World, line: Line): Trouble {
  const before = (trouble: Before, count: number, scope: TroubleScope) =>
    world.weather.before.push(plan(trouble, count, scope));
  const after = (trouble: After, count: number, scope: TroubleScope) =>
    world.weather.after.push(plan(trouble, count, scope));
  const resume = () => {
    world.statuses.paused = false;
    return flushStatuses(world);
  };
  const resumeAnswers = () => {
    world.weather.pausing?.resolve();
    world.weather.pausing = null;
  };

  return {
    expireToken(phoneNumberId) {
      numberOf(world, phoneNumberId).tokenEnded = true;
    },
    renewToken(phoneNumberId, token) {
      const number = numberOf(world, phoneNumberId);
      number.accessToken = token ?? number.accessToken;
      number.tokenEnded = false;
    },
    failNext(code, { httpStatus = 400, count = 1, message, details, subcode, ...scope } = {}) {
      const error = new GraphError(httpStatus, code, `(#${code}) ${message ?? 'Simulated failure'}`, {
        ...(details === undefined ? {} : { details }),
        ...(subcode === undefined ? {} : { subcode }),
      });
      before({ is: 'refusal', error }, count, scope);
    },
    hang: (count = 1, scope = {}) => void after({ is: 'silence' }, count, scope),
    resetAfterAccept: (count = 1, scope = {}) => void after({ is: 'cut' }, count, scope),
    resetBeforeAccept: (count = 1, scope = {}) => void before({ is: 'cut' }, count, scope),
    garbage(count = 1, { accept = true, body = '<not json', ...scope } = {}) {
      if (accept) {
        after({ is: 'garbage', body }, count, scope);
      } else {
        before({ is: 'html', status: 200 }, count, scope);
      }
    },
    httpError: (status, count = 1, scope = {}) => void before({ is: 'html', status }, count, scope),
    closedWindowAsync(on) {
      world.weather.closedWindowAsync = on;
    },
    pauseStatuses() {
      world.statuses.paused = true;
    },
    resumeStatuses: resume,
    losingWebhooks(on) {
      world.weather.losingWebhooks = on;
    },
    shuffle(on) {
      world.statuses.shuffled = on;
    },
    repeat(times) {
      world.weather.repeat = times;
    },
    retry(policy) {
      world.weather.retry = policy;
    },
    loseNetwork() {
      line.cut();
    },
    restoreNetwork() {
      line.restore();
    },
    isNetworkLost: line.isCut,
    undeliverable(count) {
      world.weather.undeliverable = count;
    },
    unprocessable(count) {
      world.weather.unprocessable = count;
    },
    spoil(how, options) {
      world.weather.spoiled.push(planSpoiling(how, options));
    },
    answerLate(milliseconds) {
      world.weather.slowness = milliseconds;
    },
    pauseAnswers() {
      world.weather.pausing ??= Promise.withResolvers();
    },
    resumeAnswers,
    limitReached(minutes) {
      world.weather.restMinutes = minutes;
    },
    clear() {
      line.restore();
      resumeAnswers();
      world.weather = fairWeather();
      world.statuses.shuffled = false;
      track(world, resume());
    },
  };
}

/** Takes the first planned trouble that waits for such a request, and counts it down. */
export function takeTrouble<T>(
  plans: Planned<T>[],
  request: { kind: RequestKind; phoneNumberId: string | null; to: string | null },
): T | null {
  const found = plans.find(
    ({ on, phoneNumberId, to }) =>
      (on === 'any' || on === request.kind) &&
      (phoneNumberId === null || phoneNumberId === request.phoneNumberId) &&
      (to === null || to === request.to),
  );
  if (!found) {
    return null;
  }
  found.left -= 1;
  if (found.left === 0) {
    plans.splice(plans.indexOf(found), 1);
  }
  return found.trouble;
}

function plan<T>(trouble: T, count: number, scope: TroubleScope): Planned<T> {
  const { on = 'message', phoneNumberId = null, to = null } = scope;
  return { trouble, left: count, on, phoneNumberId, to };
}
