import { authorizeNumber } from '../authorization.ts';
import { checkProduct } from '../checks/message.ts';
import type { Incoming, Reply } from '../exchange.ts';
import { onlyKeys } from '../fields.ts';
import { GraphError, invalidParameter } from '../graph-error.ts';
import type { World } from '../world.ts';
import { type FormFile, readForm } from './form.ts';
import { essence, kindOfUpload, LIMITS, MOST, mediaKinds } from './limits.ts';
import { keepFile } from './store.ts';

/** `POST /{phone_number_id}/media`: keeps a file for 30 days, or refuses its type or size at once. */
export async function uploadFile(world: World, { request, id }: Incoming): Promise<Reply> {
  const number = authorizeNumber(world, request, id);
  const { fields, files } = await readForm(request, MOST);
  onlyKeys(fields, 'body', ['messaging_product', 'type']);
  checkProduct(fields);
  const [file, ...others] = files;
  if (file?.field !== 'file') {
    throw required('file');
  }
  if (others.length > 0) {
    throw invalidParameter('One request uploads one file.');
  }
  if (fields.type === undefined) {
    throw required('type');
  }
  if (essence(fields.type) !== essence(file.mime)) {
    throw invalidParameter(`type is "${fields.type}", but the part "file" has the type "${file.mime}".`);
  }
  checkFile(file);
  const kept = keepFile(world, {
    phoneNumberId: number.phoneNumberId,
    from: 'business',
    name: file.name,
    mime: fields.type,
    bytes: file.bytes,
  });
  return { body: { id: kept.id } };
}

function checkFile({ mime, bytes, isCut }: FormFile): void {
  const kind = kindOfUpload(mime);
  if (kind === null) {
    const allowed = mediaKinds.flatMap((one) => LIMITS[one].mimes).join(', ');
    throw new GraphError(
      400,
      100,
      `(#100) Param file must be a file with one of the following types: ${allowed}. Received file of type '${mime}'.`,
    );
  }
  const { most } = LIMITS[kind];
  if (isCut || bytes.length > most) {
    throw new GraphError(400, 100, '(#100) Param file is too large', {
      details: `A file of type ${essence(mime)} may have ${most} bytes at most.`,
    });
  }
  if (bytes.length === 0) {
    throw invalidParameter('Param file is empty.');
  }
}

function required(name: string): GraphError {
  return new GraphError(400, 100, `(#100) The parameter ${name} is required.`);
}
