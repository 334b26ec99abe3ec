/** Ids that a body seems to name. Nothing is decided by them but which app secrets are tried first. */
export type MentionedIds = { phoneNumberIds: Set<string>; entryIds: Set<string> };

const MOST_IDS = 64;
/** Of each key: every message has an id too, and a body of nothing else would be looked through before anybody vouched for it. */
const MOST_LOOKS = 256;
const LONGEST_ID = 32;

/** Finds `"phone_number_id"` and `"id"` with digits after them in bytes that nobody has vouched for yet. */
export function mentionedIds(raw: Uint8Array): MentionedIds {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  return { phoneNumberIds: idsAfter(bytes, '"phone_number_id"'), entryIds: idsAfter(bytes, '"id"') };
}

function idsAfter(bytes: Buffer, key: string): Set<string> {
  const found = new Set<string>();
  let at = bytes.indexOf(key, 0, 'latin1');
  for (let looks = 0; at !== -1 && looks < MOST_LOOKS && found.size < MOST_IDS; looks += 1) {
    const after = at + key.length;
    const id = /^\s*:\s*"?(\d+)/.exec(bytes.toString('latin1', after, after + LONGEST_ID + 8))?.[1];
    if (id && id.length <= LONGEST_ID) {
      found.add(id);
    }
    at = bytes.indexOf(key, after, 'latin1');
  }
  return found;
}
