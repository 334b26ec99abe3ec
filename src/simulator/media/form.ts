import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { invalidParameter } from '../graph-error.ts';

export type FormFile = {
  field: string;
  name: string | null;
  mime: string;
  bytes: Uint8Array;
  isCut: boolean;
};

export type Form = { fields: Record<string, string>; files: FormFile[] };

const LIMITS = { files: 2, fields: 10, fieldSize: 1024 };

/** Reads a multipart body part by part. Of a file over `most` bytes nothing more is kept, only that it is (`isCut`). */
export async function readForm(request: Request, most: number): Promise<Form> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^multipart\/form-data\b/i.test(type)) {
    throw invalidParameter('The request must have the content type multipart/form-data.');
  }
  const form: Form = { fields: {}, files: [] };
  const parser = openParser(type, most);
  const ended = new Promise<void>((resolve, reject) => {
    parser.once('finish', resolve).once('error', reject);
  });
  // It may fail while a chunk is still being written: whoever waits below is told then.
  ended.catch(() => undefined);
  parser.on('field', (name, value) => {
    form.fields[name] = value;
  });
  parser.on('file', (field, stream, name, _encoding, mime) => {
    const chunks: Buffer[] = [];
    const file: FormFile = { field, name: name ?? null, mime, bytes: new Uint8Array(), isCut: false };
    form.files.push(file);
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    // The parser itself fails as well, and that is answered.
    stream.once('error', () => undefined);
    stream.once('limit', () => {
      file.isCut = true;
      chunks.length = 0;
    });
    stream.once('end', () => {
      file.bytes = file.isCut ? new Uint8Array() : new Uint8Array(Buffer.concat(chunks));
    });
  });

  try {
    for await (const chunk of request.body ?? []) {
      await new Promise<void>((resolve, reject) => {
        parser.write(Buffer.from(chunk), (error) => (error ? reject(error) : resolve()));
      });
    }
    parser.end();
    await ended;
  } catch {
    throw invalidParameter('The body is no whole multipart form.');
  }
  return form;
}

function openParser(type: string, most: number): BusboyInstance {
  try {
    // At the limit itself the parser already cuts.
    return new Busboy({ headers: { 'content-type': type }, limits: { ...LIMITS, fileSize: most + 1 } });
  } catch {
    throw invalidParameter('The multipart form has no boundary.');
  }
}
