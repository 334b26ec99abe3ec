import { eq } from 'drizzle-orm';
import { type Adapter, Lucia, TimeSpan } from 'lucia';
import { type AccountState, isOpenToPeople } from '#src/accounts/standing.ts';
import type { Control } from '#src/db/control.ts';
import { sessions } from '#src/db/schema/control.ts';
import { createLastSeen } from './last-seen.ts';
import { expiryOf, IDLE_MS } from './limits.ts';
import { hashSecret, newSecret } from './secrets.ts';
import { createSessionRows, type SessionRows } from './session-rows.ts';

// The only file that knows lucia. It decides when a session is over; what is stored, and by which clock, is decided here.

type SessionDetails = {
  accountId: number;
  epoch: number;
  createdAt: number;
  seenAt: number;
  ip: string | null;
  agent: string | null;
  provenAt: number | null;
};
type UserDetails = { accountState: AccountState; isOperator: boolean; hasSecondFactor: boolean };

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<SessionDetails, UserDetails>;
    UserId: number;
    DatabaseSessionAttributes: SessionDetails;
    DatabaseUserAttributes: UserDetails;
  }
}

export type LiveSession = {
  idHash: string;
  userId: number;
  accountId: number;
  accountState: AccountState;
  isOperator: boolean;
  hasSecondFactor: boolean;
  /** When its owner last proved who they are. */
  provenAt: number | null;
  /** When it is over, unless it is used again before. */
  endsAt: number;
};

export type SessionStore = Pick<SessionRows, 'listOf' | 'renew'> & {
  /** Begins a session, proven by how it was begun, and returns its token, which is stored nowhere. */
  begin(
    owner: { userId: number } & Omit<SessionDetails, 'createdAt' | 'seenAt' | 'provenAt'>,
  ): Promise<string>;
  /** The session of a token, noted as used now unless this is only a look; null when it is over or its owner may no longer enter. */
  find(token: string, sign?: 'use' | 'look'): Promise<LiveSession | null>;
  /**
   * The session that another one has become when it was renewed. For what was let in before, such as a socket:
   * the old token itself opens nothing any more.
   */
  follow(idHash: string, sign?: 'use' | 'look'): Promise<LiveSession | null>;
  end(token: string): Promise<void>;
  /** The session goes on in another account, under the token returned: the one it had is dead. */
  move(token: string, accountId: number): Promise<string>;
  /** Ends a session by what names it. */
  endByHash(idHash: string): Promise<void>;
  /** At most once a minute: writes when sessions were last used, and removes those that are over. */
  tidy(): Promise<void>;
  /** Ends every session of somebody, on all devices. */
  endAll(userId: number): Promise<void>;
};

export function createSessionStore(control: Control, now: () => number): SessionStore {
  const lastSeen = createLastSeen(control);
  const rows = createSessionRows(control, lastSeen, now);
  const lucia = new Lucia<SessionDetails, UserDetails>(createAdapter(), {
    sessionExpiresIn: new TimeSpan(IDLE_MS, 'ms'),
    getSessionAttributes: (details) => details,
    getUserAttributes: (details) => details,
  });

  function createAdapter(): Adapter {
    const { sql: db, write } = control;
    const remove = async (token: string) => {
      const idHash = hashOf(token);
      lastSeen.forget(idHash);
      await write('full', [db.delete(sessions).where(eq(sessions.idHash, idHash))]);
    };

    return {
      async getSessionAndUser(token) {
        const row = await rows.withOwner(hashOf(token));
        if (row === null) {
          return [null, null];
        }
        const { session, user } = row;
        const seenAt = Math.max(session.seenAt, lastSeen.get(session.idHash) ?? 0);
        const mayEnter =
          session.epoch === user.epoch &&
          user.disabledAt === null &&
          row.membership === 'active' &&
          isOpenToPeople(row.account);
        return [
          {
            id: token,
            userId: user.id,
            expiresAt: onLuciasClock(expiryOf({ seenAt, createdAt: session.createdAt })),
            attributes: { ...session, seenAt },
          },
          mayEnter
            ? {
                id: user.id,
                attributes: {
                  accountState: row.account,
                  isOperator: user.isOperator,
                  hasSecondFactor: user.hasSecondFactor,
                },
              }
            : null,
        ];
      },
      setSession: ({ id: token, userId, attributes: { accountId, epoch, createdAt, ip, agent, provenAt } }) =>
        rows.insert({
          idHash: hashSecret(token),
          userId,
          accountId,
          epoch,
          ip,
          agent,
          provenAt,
          createdAt,
          seenAt: createdAt,
          expiresAt: expiryOf({ seenAt: createdAt, createdAt }),
        }),
      // Every use is noted in `lastSeen`, from which the expiry follows: there is nothing to prolong.
      async updateSessionExpiration() {},
      // Our own list has more to say than lucia's.
      getUserSessions: async () => [],
      deleteSession: remove,
      async deleteUserSessions(userId) {
        await write('full', [db.delete(sessions).where(eq(sessions.userId, userId))]);
      },
      // Sessions that are over go with the minute's flush of `lastSeen`.
      async deleteExpiredSessions() {},
    };
  }

  /** lucia compares with the machine's clock; our limits follow `now`, so the difference is carried over. */
  const onLuciasClock = (at: number) => new Date(Date.now() + (at - now()));

  async function find(token: string, sign: 'use' | 'look'): Promise<LiveSession | null> {
    const { session, user } = await lucia.validateSession(token);
    if (!session) {
      return null;
    }
    const idHash = hashOf(token);
    if (sign === 'use') {
      lastSeen.note(idHash, now());
    }
    const { accountState, isOperator, hasSecondFactor } = user;
    const { accountId, provenAt, createdAt } = session;
    const endsAt = expiryOf({ seenAt: sign === 'use' ? now() : session.seenAt, createdAt });
    return {
      idHash,
      userId: user.id,
      accountId,
      accountState,
      isOperator,
      hasSecondFactor,
      provenAt,
      endsAt,
    };
  }

  return {
    async begin({ userId, ...owner }) {
      const token = newSecret();
      const at = now();
      await lucia.createSession(
        userId,
        { ...owner, createdAt: at, seenAt: at, provenAt: at },
        { sessionId: token },
      );
      return token;
    },
    find: (token, sign = 'use') => find(token, sign),
    async follow(idHash, sign = 'use') {
      const renewed = rows.renewed(idHash);
      return renewed === null ? null : find(namedBy(renewed), sign);
    },
    listOf: rows.listOf,
    renew: rows.renew,
    tidy: () => lastSeen.flush(now()),
    end: (token) => lucia.invalidateSession(token),
    endByHash: (idHash) => lucia.invalidateSession(namedBy(idHash)),
    async move(token, accountId) {
      const moved = newSecret();
      const from = hashSecret(token);
      const seenAt = now();
      lastSeen.forget(from);
      await control.write('full', [
        control.sql
          .update(sessions)
          .set({ idHash: hashSecret(moved), accountId, seenAt })
          .where(eq(sessions.idHash, from)),
      ]);
      return moved;
    },
    endAll: (userId) => lucia.invalidateUserSessions(userId),
  };
}

/** For us alone: a session by its hash, where lucia wants a token. No token looks like it. */
const namedBy = (idHash: string) => `~${idHash}`;
const hashOf = (token: string) => (token.startsWith('~') ? token.slice(1) : hashSecret(token));
