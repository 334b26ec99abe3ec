import { eq } from 'drizzle-orm';
import { Elysia } from 'elysia';
import { openTemporaryInstall } from '#src/accounts/temporary-install.ts';
import type { Config } from '#src/config.ts';
import { mails, users } from '#src/db/schema/control.ts';
import { audit, members, roles } from '#src/db/schema/inbox/index.ts';
import { edge } from '#src/http/edge.ts';
import { addMember } from '#src/people/add-member.ts';
import { people } from '#src/testing/people.ts';
import { door } from './door.ts';
import type { DoorServices } from './door-services.ts';
import { session } from './session.ts';

const LAPTOP = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

/** For tests: the door over real HTTP on a clock of its own, one page behind it, and a mail server that is only told. */
export async function openDoor(changes: Partial<Config> = {}) {
  const install = await openTemporaryInstall(changes);
  const { accountId, userId: ada } = await install.createAdasAccount();
  const bo = await addMember(install.services, { accountId, ...people.bo }, { kind: 'command' });
  const mail = {
    canSend: true,
    woken: 0,
    wake() {
      mail.woken += 1;
    },
  };
  const services = { ...install.services, mail } satisfies DoorServices;
  const { control, accounts } = services;
  const waits: number[] = [];
  const wait = async (ms: number) => void waits.push(ms);
  const app = new Elysia()
    .use(edge(services))
    .use(door(services, { wait }))
    .use(new Elysia().use(session(services)).get('/inbox', ({ viewer }) => viewer.name))
    .listen({ port: 0, hostname: '127.0.0.1' });
  const port = app.server?.port;
  const url = `http://localhost:${port}`;

  /** A browser at `localhost`: it keeps its cookies, and leaves redirects for the test to look at. */
  function browser(agent = LAPTOP) {
    const cookies = new Map<string, string>();
    const ask = async (path: string, init: RequestInit = {}, headers: Record<string, string> = {}) => {
      const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
      const own = { host: `localhost:${port}`, 'user-agent': agent, 'sec-fetch-site': 'same-origin', cookie };
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
        ...init,
        redirect: 'manual',
        headers: { ...own, ...headers },
      });
      for (const set of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
        if (value === '') {
          cookies.delete(name);
        } else {
          cookies.set(name, value);
        }
      }
      return answer;
    };
    const get = (path: string, headers?: Record<string, string>) => ask(path, {}, headers);
    const post = (path: string, fields: Record<string, string> = {}, headers?: Record<string, string>) =>
      ask(path, { method: 'POST', body: new URLSearchParams(fields) }, headers);
    const signIn = ({ email, password }: { email: string; password: string } = people.ada) =>
      post('/login', { email, password });
    return { cookies, get, post, signIn, isIn: async () => (await get('/inbox')).status === 200 };
  }

  return {
    services,
    clock: install.clock,
    revalidated: install.revalidated,
    mail,
    /** How long requests were made to wait, which they do not. */
    waits,
    accountId,
    ada,
    bo,
    url,
    browser,
    /** A browser that Ada is signed in with. */
    async signedIn(person: { email: string; password: string } = people.ada, agent = LAPTOP) {
      const opened = browser(agent);
      await opened.signIn(person);
      return opened;
    },
    user: async (id: number) =>
      (await control.sql.select().from(users).where(eq(users.id, id)))[0] ??
      Promise.reject(new Error('nobody')),
    actions: () =>
      accounts.use(accountId, async ({ sql: db }) =>
        (await db.select({ action: audit.action }).from(audit)).map(({ action }) => action),
      ),
    letters: async () =>
      (await control.sql.select().from(mails)).map(({ id, letter, recipient }) => ({
        to: recipient,
        ...JSON.parse(control.keys.openText(letter ?? new Uint8Array(), `mail/${id}`)),
      })),
    /** Demands a second factor of everybody with this member's role. */
    demandSecondFactorOf: (userId: number) =>
      accounts.use(accountId, async ({ sql: db, write }) => {
        const [member] = await db.select().from(members).where(eq(members.userId, userId));
        await write('full', [
          db
            .update(roles)
            .set({ needsSecondFactor: true })
            .where(eq(roles.id, member?.roleId ?? 0)),
        ]);
      }),
    async close() {
      await app.stop(true);
      await install.close();
    },
  };
}

export type Door = Awaited<ReturnType<typeof openDoor>>;
