import type { fileStates } from '#src/db/schema/inbox/messages.ts';

/** How a file may be shown in a page. What is none of the kinds a browser shows safely is only downloaded. */
export type FileKind = 'image' | 'video' | 'audio' | 'file';

/** A file of a message, as its bubble shows it. */
export type ThreadFile = {
  id: number;
  state: (typeof fileStates)[number];
  /** What the sender called it; never a path. */
  name: string | null;
  /** By its bytes once it is stored; what the sender says before, and where the bytes say nothing. */
  mime: string;
  /** By its bytes alone: `file` until it is stored. */
  kind: FileKind;
  /** As announced or found; null while unknown. */
  bytes: number | null;
  hasThumbnail: boolean;
  /** Pixels of the picture itself, so that a page keeps its place while it loads. */
  size: { width: number; height: number } | null;
  /** Milliseconds, of what plays. */
  duration: number | null;
  /** Why it is not here, for a person. */
  error: { title: string; detail: string } | null;
};
