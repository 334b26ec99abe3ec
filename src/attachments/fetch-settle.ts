import { and, eq } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { files } from '#src/db/schema/inbox/index.ts';
import type { LiveChange } from '#src/live/change.ts';
import type { FetchClaim } from './fetch-due.ts';
import type { FetchVerdict } from './fetch-verdict.ts';
import { byTracks, kindOf, sniff } from './kind.ts';
import type { FileRow } from './load-files.ts';
import type { Vault } from './vault/vault.ts';

/**
 * Writes what became of a file after a try, and tells what screens have to show anew. What was fetched for a file that
 * is not expected any more, since it was erased meanwhile, is not kept.
 */
export async function settleFetch(
  { vault }: { vault: Vault },
  inbox: Inbox,
  claim: FetchClaim,
  verdict: FetchVerdict,
): Promise<LiveChange[]> {
  const columns = await columnsOf(verdict);
  const forget = async () => {
    if (verdict.to === 'stored') {
      await vault.remove(inbox, verdict.stored.path);
    }
  };
  try {
    const isExpected = await inbox.turn(async (commit) => {
      const thisTry = and(
        eq(files.id, claim.fileId),
        eq(files.state, 'fetching'),
        eq(files.tries, claim.tries),
      );
      const [row] = await inbox.sql.select({ id: files.id }).from(files).where(thisTry);
      await commit('normal', row ? [inbox.sql.update(files).set(columns).where(thisTry)] : []);
      return row !== undefined;
    });
    if (!isExpected) {
      await forget();
    }
    const isShown = isExpected && (verdict.to !== 'waiting' || verdict.error !== null);
    return isShown ? [{ conversationId: claim.conversationId, messages: [claim.messageId] }] : [];
  } catch (error) {
    await forget();
    throw error;
  }
}

async function columnsOf(verdict: FetchVerdict): Promise<Partial<FileRow>> {
  switch (verdict.to) {
    case 'stored': {
      const { path, wrappedKey, bytes, sha256, head, duration, tracks } = verdict.stored;
      const sniffed = byTracks(await sniff(head), tracks);
      const thumbTried = kindOf(sniffed) !== 'image';
      const kept = { path, wrappedKey, bytes, sha256, sniffed, duration, thumbTried };
      return { state: 'stored', ...kept, nextAt: null, error: null };
    }
    case 'waiting': {
      const { nextAt, tries, error } = verdict;
      return { state: 'waiting', nextAt, tries, error: error === null ? null : JSON.stringify(error) };
    }
    case 'failed':
    case 'refused':
      return { state: verdict.to, nextAt: null, error: JSON.stringify(verdict.error) };
  }
}
