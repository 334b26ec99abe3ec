import type { Inbox } from '#src/db/inbox.ts';
import { Problem } from '#src/errors.ts';
import { LARGEST_PICTURE } from './send-limits.ts';
import type { Thumbnails } from './thumbnail/thumbnails.ts';
import { letGo } from './vault/letting-go.ts';
import type { Vault } from './vault/vault.ts';

type PictureParts = { thumbnails: Pick<Thumbnails, 'encode'>; vault: Vault };

/**
 * A picture as WhatsApp takes it, without what the camera wrote into it. It has to be in memory whole for that, so it
 * lies in the vault until it has arrived and its turn has come, and is removed then; what a crash leaves of it nobody can
 * read, and it is swept. Throws `FileTooLarge`, and `Problem` 422 for a picture that cannot be read, or 503 where none
 * can be.
 */
export async function encodePicture(
  { thumbnails, vault }: PictureParts,
  inbox: Inbox,
  { id, plain }: { id: number; plain: AsyncIterable<Uint8Array> },
): Promise<Uint8Array> {
  const { path, wrappedKey, bytes } = await vault.write(inbox, id, plain, LARGEST_PICTURE);
  try {
    const made = await thumbnails.encode(vault.read(inbox, { id, path, wrappedKey, bytes }));
    if (made.kind === 'made') {
      return made.picture;
    }
    throw made.kind === 'off' ? NO_PICTURES : UNREADABLE;
  } finally {
    await letGo(vault, inbox, path);
  }
}

const UNREADABLE = new Problem(
  422,
  'picture-unreadable',
  'This picture cannot be read.',
  'It may be damaged, or have more than 50 megapixels. Open it, save it anew as a JPEG, and attach that.',
);

const NO_PICTURES = new Problem(
  503,
  'pictures-off',
  'This server cannot prepare pictures now.',
  'Nothing was kept. Whoever runs it finds the reason in the log; other files can be sent.',
);
