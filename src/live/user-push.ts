import { type Passing, type Publish, passingFrame } from './frame.ts';
import { type PersonViewer, topicOf, variantOf } from './topics.ts';

/** Tells all open tabs of one person what is theirs alone. Not replayed: a tab that was away asks for it. */
export function pushToUser(viewer: PersonViewer, load: Passing, publish: Publish): void {
  publish(topicOf(viewer.accountId, `user:${viewer.userId}`, variantOf(viewer)), passingFrame(load));
}
