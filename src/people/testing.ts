import { desc, eq } from 'drizzle-orm';
import { mails } from '#src/db/schema/control.ts';
import { audit, roles, teamMembers, teams } from '#src/db/schema/inbox/index.ts';
import type { Letter } from '#src/mail/letter.ts';
import { freePort } from '#src/simulator/port.ts';
import { type Box, openBox } from '#src/testing/box.ts';
import { type Client, createClient } from '#src/testing/client.ts';
import { people as named } from '#src/testing/people.ts';
import { until } from '#src/testing/until.ts';
import { userAdd } from './commands.ts';

export const eve = {
  name: 'Eve Banda',
  email: 'eve@mbare.example',
  password: 'green doors sing 52',
} as const;

type Deed = { action: string; object: string; actorId: number | null; data: unknown };

/** A box whose people can be looked after, with what no page shows at hand. */
export type Office = Box & {
  /** Letters that were queued for this address, the newest first. */
  lettersTo(email: string): Promise<Letter[]>;
  /** How often the mail worker was told of something. */
  wakes(): number;
  setMail(canSend: boolean): void;
  roleId(key: string): Promise<number>;
  /** A role of the account's own. */
  makeRole(name: string, permissions: string): Promise<number>;
  makeTeam(name: string, userIds?: readonly number[]): Promise<number>;
  /** Adds somebody with a built-in role, by the command line. */
  add(person: { name: string; email: string; password: string }, role?: string): Promise<number>;
  /** Signs in through the door and gives a client with the session. */
  signIn(person: { email: string; password: string }, cookies?: string): Promise<Client>;
  /** The audit trail, the newest first. */
  trail(): Promise<Deed[]>;
  /** What somebody was refused, the newest first, once there are so many: it is noted after the answer. */
  denials(count: number): Promise<Deed[]>;
};

type Options = { now?: () => number; hasMail?: boolean; env?: Record<string, string> };

export async function openOffice({ now, hasMail = true, env = {} }: Options = {}): Promise<Office> {
  const port = freePort();
  const url = `http://127.0.0.1:${port}`;
  const box = await openBox({
    ...(now ? { now } : {}),
    env: { OONOBOX_PORT: String(port), OONOBOX_URL: url, ...env },
  });
  const { services, inbox, accountId } = box;
  let woken = 0;
  const mail = {
    ...services.mail,
    canSend: hasMail,
    wake() {
      woken += 1;
    },
  };
  Object.assign(services, { mail });

  const trail = () =>
    inbox(async ({ sql }) => {
      const rows = await sql.select().from(audit).orderBy(desc(audit.id));
      return rows.map(({ action, object, actorId, data }) => ({
        action,
        object,
        actorId,
        data: JSON.parse(data),
      }));
    });

  return {
    ...box,
    async lettersTo(email) {
      const { control } = services;
      const rows = await control.sql
        .select()
        .from(mails)
        .where(eq(mails.recipient, email))
        .orderBy(desc(mails.id));
      return rows.map(({ id, letter }) =>
        JSON.parse(control.keys.openText(letter ?? new Uint8Array(), `mail/${id}`)),
      );
    },
    wakes: () => woken,
    setMail(canSend) {
      mail.canSend = canSend;
    },
    roleId: (key) =>
      inbox(async ({ sql }) => {
        const [role] = await sql.select().from(roles).where(eq(roles.key, key));
        return role?.id ?? 0;
      }),
    makeRole: (name, permissions) =>
      inbox(async (opened) => {
        const id = opened.nextId();
        await opened.write('full', [opened.sql.insert(roles).values({ id, name, permissions })]);
        return id;
      }),
    makeTeam: (name, userIds = []) =>
      inbox(async (opened) => {
        const teamId = opened.nextId();
        const rows = userIds.map((userId) => ({ teamId, userId }));
        await opened.write('full', [
          opened.sql.insert(teams).values({ id: teamId, name }),
          ...(rows.length === 0 ? [] : [opened.sql.insert(teamMembers).values(rows)]),
        ]);
        return teamId;
      }),
    async add(person, role = 'agent') {
      const stdin = { account_id: accountId, ...person, role };
      return (await userAdd(services, { options: {}, stdin })).user_id;
    },
    signIn: (person, cookies) => signIn(url, person, cookies),
    trail,
    denials: (count) =>
      until(`${count} denials`, async () => {
        const denied = (await trail()).filter(({ action }) => action === 'access.denied');
        return denied.length >= count && denied;
      }),
  };
}

async function signIn(
  url: string,
  { email, password }: { email: string; password: string },
  cookies?: string,
): Promise<Client> {
  const answer = await createClient(url, cookies ?? null).post('/login', { email, password });
  if (answer.status !== 303) {
    throw new Error(`${email} could not sign in: ${answer.status}`);
  }
  return createClient(url, cookieOf(answer));
}

/** What a browser sends back of the cookies that an answer sets. */
export const cookieOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0] ?? '')
    .join('; ');

/** The path of the link that a page shows once. */
export async function shownPath(client: Client, answer: Response): Promise<string> {
  const page = await (await client.get(answer.headers.get('location') ?? '')).text();
  const [, link = ''] = page.match(/<textarea[^>]*>([^<]+)<\/textarea>/) ?? [];
  return new URL(link).pathname;
}

/** Posts a form with several values of one name. */
export function postAll(
  { url }: Office,
  { cookie }: Client,
  path: string,
  fields: readonly [string, string][],
): Promise<Response> {
  return fetch(`${url}${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: url, 'sec-fetch-site': 'same-origin', cookie: cookie ?? '' },
    body: new URLSearchParams([...fields]),
  });
}

export { named };
