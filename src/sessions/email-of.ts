import { eq } from 'drizzle-orm';
import type { Control } from '#src/db/control.ts';
import { users } from '#src/db/schema/control.ts';
import { NotFound } from '#src/errors.ts';

/** The address somebody signs in with: password managers tell people apart by it. Throws `NotFound`. */
export async function emailOf({ sql: db }: Control, userId: number): Promise<string> {
  const [user] = await db.select({ email: users.email }).from(users).where(eq(users.id, userId)).limit(1);
  if (!user) {
    throw new NotFound(`user ${userId}`);
  }
  return user.email;
}
