import type { messages } from '#src/db/schema/inbox/index.ts';
import { readContent } from './stored-content.ts';

type Target = Pick<typeof messages.$inferSelect, 'revokedAt' | 'content' | 'type'>;

/** Said in a group: what we send is addressed to the person, who has no such message. */
export const isOfGroup = ({ content, type }: Pick<Target, 'content' | 'type'>): boolean =>
  readContent(content, type).isOfGroup;

/** No reaction of ours gets to it, nor is there one to be taken back: its sender deleted it, or it is of a group. */
export const isBeyondReach = (target: Target): boolean => target.revokedAt !== null || isOfGroup(target);
