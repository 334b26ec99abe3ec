import type { Run } from '#src/webhooks/run.ts';
import type { InboundMessage } from '#src/whatsapp/updates.ts';

/** Meta keeps the files of webhooks for 7 days. */
export const KEPT_BY_META_MS = 7 * 24 * 60 * 60 * 1000;

/** The file of an inbound message, waiting to be fetched from Meta by its media id. */
export function expectFile(
  run: Run,
  messageId: number,
  media: InboundMessage['media'],
  arrivedAt: number,
): void {
  if (media === null) {
    return;
  }
  const fileId = run.nextId();
  run.made.files.push({
    id: fileId,
    name: media.filename ?? null,
    mime: media.mime,
    sha256: media.sha256,
    state: 'waiting',
    mediaId: media.id,
    mediaExpiresAt: arrivedAt + KEPT_BY_META_MS,
    nextAt: arrivedAt,
  });
  run.made.attachments.push({ messageId, position: 0, fileId });
  if (media.url !== undefined) {
    run.made.hints.push({ fileId, url: media.url, at: arrivedAt });
  }
}
