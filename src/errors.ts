// What can go wrong in the domain. Thrown where it is noticed, answered once in src/http/errors.tsx.

/** It does not exist, or this viewer may not know that it does. */
export class NotFound extends Error {
  override name = 'NotFound';
}

/** Nobody is signed in, or the key is not known. */
export class Unauthorized extends Error {
  override name = 'Unauthorized';
}

/** The viewer is known and may see it, but may not do this. */
export class Forbidden extends Error {
  override name = 'Forbidden';
}

/** Input that cannot be taken, by the field's name; the sentence says what to do. Answered 422. */
export class Invalid extends Error {
  override name = 'Invalid';
  constructor(readonly fields: Readonly<Record<string, string>>) {
    super(
      Object.entries(fields)
        .map(([field, why]) => `${field}: ${why}`)
        .join('; '),
    );
  }
}

/** A refusal with a name that programs can rely on: an RFC 9457 problem. */
export class Problem extends Error {
  override name = 'Problem';
  constructor(
    readonly status: number,
    /** Short and stable, for example `window-closed`. */
    readonly type: string,
    readonly title: string,
    readonly detail: string,
  ) {
    super(`${type}: ${detail}`);
  }
}

/** An account's database cannot be opened now; the other accounts go on. */
export class AccountUnavailable extends Error {
  override name = 'AccountUnavailable';
  constructor(
    readonly accountId: number,
    cause: unknown,
  ) {
    super(
      `account ${accountId} cannot be opened: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}

/** The disk is full: nothing was written, reading goes on. */
export class StorageFull extends Error {
  override name = 'StorageFull';
}

/** Where files are kept does not answer, or not as it should: nothing was kept, and it may be asked again later. */
export class StorageUnavailable extends Error {
  override name = 'StorageUnavailable';
}

/** A file is larger than it may be here: nothing of it was kept. */
export class FileTooLarge extends Error {
  override name = 'FileTooLarge';
  constructor(
    /** Bytes. */
    readonly most: number,
  ) {
    super(`the file is larger than ${most} bytes`);
  }
}

/** A kept file is not as it was written: cut short, changed, or another one's. */
export class DamagedFile extends Error {
  override name = 'DamagedFile';
}

/** A file that should be kept is not there. */
export class MissingFile extends Error {
  override name = 'MissingFile';
}

/** Too much waits already: nothing was done, and it may be asked again in a moment. */
export class Busy extends Error {
  override name = 'Busy';
}

/** It took longer than anybody should wait, and was given up. */
export class Late extends Error {
  override name = 'Late';
}

/** The program cannot start, or a command cannot run; the message is for the person at the terminal. */
export class StartRefused extends Error {
  override name = 'StartRefused';
}
