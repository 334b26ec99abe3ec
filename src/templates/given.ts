import type { MediaFormat } from '#src/whatsapp/template-definition.ts';
import type { MediaSource } from '#src/whatsapp/template-message.ts';

/** `as`: what the header takes. */
export type GivenFile = { source: MediaSource; as: MediaFormat; filename?: string };

/** What somebody gives for a template, by the keys of its fields. */
export type Given = {
  texts: ReadonlyMap<string, string>;
  files: ReadonlyMap<string, GivenFile>;
  /** By the key of the button, where others want their own: payloads of quick replies, and tokens of flows. */
  payloads?: ReadonlyMap<string, string>;
  flows?: ReadonlyMap<string, { token?: string; data?: Readonly<Record<string, unknown>> }>;
};

export const nothingGiven: Given = { texts: new Map(), files: new Map() };
