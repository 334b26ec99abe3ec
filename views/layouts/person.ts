import type { Viewer } from '#src/people/viewer.ts';

/** The signed-in person as the frame of a page needs them: a `Viewer` fits. */
export type Person = Pick<
  Extract<Viewer, { kind: 'person' }>,
  'userId' | 'name' | 'permissions' | 'display' | 'isOperator'
> & {
  accountId?: number;
  /** The accounts they may enter, this one included: with more than one there is something to switch. */
  homes?: readonly { id: number; name: string }[];
};
