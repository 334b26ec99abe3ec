/** Why a file is not here, as it is kept in its row. `code` is Meta's, or a word of ours. */
export type FileError = { code: number | string; title: string; detail: string };

/** While it is still tried. */
export const NO_TOKEN: FileError = {
  code: 'token',
  title: 'WhatsApp does not accept this number’s access token, so this file cannot be fetched.',
  detail: 'Ask an admin to give the number a new access token. The file is fetched then, within 7 days.',
};

export const blocked = (code: number): FileError => ({
  code,
  title: 'WhatsApp hands over no files of this number at the moment.',
  detail: `It gave the error ${code}: ask an admin to look at the number in Meta’s Business settings. The file is fetched then, within 7 days.`,
});

export const MISSING: FileError = {
  code: 'missing',
  title: 'WhatsApp does not hand over this file at the moment.',
  detail:
    'Either the number’s access token may not read it, which an admin can mend, or WhatsApp has lost it. It is asked for again for 7 days; if it is urgent, ask the customer to send it again.',
};

export const NO_SPACE: FileError = {
  code: 'no-space',
  title: 'This file cannot be fetched: the disk of the server is full.',
  detail: 'Tell whoever looks after OonoBox. The file is fetched once there is room, within 7 days.',
};

/** What is final, until somebody tries again. */
export const GONE: FileError = {
  code: 'gone',
  title: 'WhatsApp does not have this file any more.',
  detail: 'Ask the customer to send it again.',
};

export const TOO_LARGE: FileError = {
  code: 'too-large',
  title: 'This file is larger than 100 MB and was not fetched.',
  detail: 'Ask the customer for a smaller one, or for a link to it.',
};

export const OTHER_FILE: FileError = {
  code: 'other-file',
  title: 'What WhatsApp delivered is not the file that the customer sent.',
  detail: 'It was thrown away each time. Ask the customer to send it again.',
};

export const TIMED_OUT: FileError = {
  code: 'timed-out',
  title: 'This file could not be fetched from WhatsApp for 7 days.',
  detail: 'Try again now, or ask the customer to send it again.',
};

export const turnedDown = (code: number): FileError => ({
  code,
  title: 'WhatsApp did not hand over this file.',
  detail: `It gave the error ${code}. Try again later, or ask the customer to send it again.`,
});
