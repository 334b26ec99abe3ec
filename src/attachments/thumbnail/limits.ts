/** What one picture may cost. */
export const limits = {
  /** WhatsApp's pictures are at most 5 MB; documents that are pictures may be larger. */
  pictureBytes: 32 * 1024 * 1024,
  pixels: 50_000_000,
  timeMs: 10_000,
  /** Beyond what the process needs before its first picture. */
  memoryBytes: 512 * 1024 * 1024,
} as const;

/** To encode a large one anew takes longer than to shrink it. */
export const ENCODING_TIMES = 4;

/** How long one image process lives. */
export const lifetime = { pictures: 200, idleMs: 60_000 } as const;

/** What comes out of it. */
export const picture = { side: 4096, bytes: 5 * 1024 * 1024 } as const;
export const thumbnail = { side: 240, bytes: 12 * 1024 } as const;
