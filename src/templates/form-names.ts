// The names of inputs; the key of the field follows.

export const VALUE = 'v.';
export const FILE = 'file.';
/** A file that is here already, by its id, and what it is called. */
export const KEPT = 'kept.';
export const KEPT_NAME = 'kept-name.';
