/** How long after a customer's message free text may be sent. */
export const WINDOW_MS = 24 * 60 * 60 * 1000;

/** When the window closes after an inbound message written at `at` (Meta's clock). It only moves forward. */
export function windowAfterInbound(current: number | null, at: number): number {
  return Math.max(current ?? 0, at + WINDOW_MS);
}

/** Whether free text may be sent now. Asked when a message is composed and again when it is claimed. */
export function isWindowOpen(conversation: { windowExpiresAt: number | null }, now: number): boolean {
  return conversation.windowExpiresAt !== null && now < conversation.windowExpiresAt;
}
