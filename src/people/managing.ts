import type { Services } from '#src/services.ts';
import type { MailPart } from './mail-part.ts';
import type { Viewer } from './viewer.ts';

/** What the pages that look after people are made of. */
export type Managing = Pick<Services, 'config' | 'control' | 'accounts' | 'now' | 'log' | 'live' | 'phase'> &
  MailPart;

export type PersonViewer = Extract<Viewer, { kind: 'person' }>;
