import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { freePort } from '#src/simulator/port.ts';
import { type ReadMail, readMail } from './testing-read-mail.ts';

type Step = 'MAIL FROM' | 'RCPT TO' | 'DATA';
type Answer = { step: Step; code: number; text: string };

/** A real mail server on loopback that does with letters what a test tells it. */
export type PostOffice = {
  port: number;
  /** What it has taken, in the order it came. */
  taken: ReadMail[];
  /** Every letter that came as far as its content, taken or not. */
  seen: ReadMail[];
  /** Who was written to, taken or not. */
  recipients: string[];
  sessions: { isEncrypted: boolean; user: string | undefined }[];
  /** Answers the next such command with this code. */
  refuse(step: Step, code: number, text?: string): void;
  /** Keeps the next letter without an answer; resolves when it is there, with what answers it. */
  hold(): Promise<() => void>;
  close(): Promise<void>;
};

type Options = SMTPServerOptions & { port?: number };

/** Without a `port` it takes a free one. Without options it takes everything from everybody, in the clear. */
export async function openPostOffice({ port = freePort(), ...options }: Options = {}): Promise<PostOffice> {
  const answers: Answer[] = [];
  const office: Pick<PostOffice, 'taken' | 'seen' | 'recipients' | 'sessions'> = {
    taken: [],
    seen: [],
    recipients: [],
    sessions: [],
  };
  let held: ((answer: () => void) => void) | null = null;

  function answerTo(step: Step): Error | null {
    const at = answers.findIndex((answer) => answer.step === step);
    const [answer] = at < 0 ? [] : answers.splice(at, 1);
    return answer === undefined ? null : Object.assign(new Error(answer.text), { responseCode: answer.code });
  }

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 1,
    logger: false,
    onAuth: ({ username }, _session, done) => done(null, { user: username }),
    onMailFrom: (_address, _session, done) => done(answerTo('MAIL FROM')),
    onRcptTo({ address }, _session, done) {
      office.recipients.push(address);
      done(answerTo('RCPT TO'));
    },
    async onData(stream, session, done) {
      const letter = await text(stream).catch(done);
      if (letter === undefined) {
        // Whoever sent it went away in the middle of it, as a server does that is stopped.
        return;
      }
      const mail = readMail(letter);
      office.seen.push(mail);
      office.sessions.push({ isEncrypted: session.secure, user: session.user });
      const error = answerTo('DATA');
      const answer = () => {
        if (error === null) {
          office.taken.push(mail);
        }
        done(error);
      };
      const keep = held;
      held = null;
      (keep ?? ((now) => now()))(answer);
    },
    ...options,
  });
  // Clients that go away, and handshakes that fail, are what some tests are about.
  server.on('error', () => {});
  const listening = server.listen(port, '127.0.0.1');
  await once(listening, 'listening');
  const address = listening.address();

  return {
    ...office,
    port: typeof address === 'object' && address !== null ? address.port : port,
    refuse: (step, code, said = 'refused') => void answers.push({ step, code, text: said }),
    hold: () =>
      new Promise((resolve) => {
        held = resolve;
      }),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
