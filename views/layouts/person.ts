import type { Viewer } from '#src/people/viewer.ts';

/** The signed-in person as the frame of a page needs them: a `Viewer` fits. */
export type Person = Pick<
  Extract<Viewer, { kind: 'person' }>,
  'userId' | 'name' | 'permissions' | 'display' | 'isOperator'
>;
