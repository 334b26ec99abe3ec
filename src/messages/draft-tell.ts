import type { Live } from '#src/live/live.ts';
import type { PersonViewer } from '#src/live/topics.ts';
import type { Draft } from './draft.ts';

/** Lets all tabs of its writer show the draft as it is now, and none of anybody else's. */
export function tellDraft(live: Pick<Live, 'tell'>, viewer: PersonViewer, draft: Draft): void {
  live.tell(viewer, { tell: { kind: 'draft', ...draft } });
}
