import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { Problem } from '#src/errors.ts';

export type FormPart =
  | { kind: 'field'; name: string; value: string }
  | { kind: 'file'; name: string; fileName: string; body: AsyncIterator<Uint8Array> };

/** What is beyond these is skipped without a word: more than anybody chooses by hand. */
const LIMITS = {
  files: 1_000,
  fields: 120,
  fieldSize: 1024 * 1024,
  fieldNameSize: 100,
  headerPairs: 20,
};

/** Whether a request's body is a form of several parts. */
export const isMultipart = (request: Request): boolean =>
  /^multipart\/form-data\b/i.test(request.headers.get('content-type') ?? '');

/**
 * The parts of a form as they arrive. A file has to be read, or left, before the next part is asked for; of what is left
 * the rest is skipped. Nothing is read ahead. Throws `Problem` 400 for what is no such form.
 */
export async function* readForm(
  contentType: string,
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<FormPart, void, void> {
  const parser = openParser(contentType);
  const found: (FormPart & { stream?: BusboyFileStream })[] = [];
  let news = Promise.withResolvers<void>();
  let ended: { error: unknown } | null = null;
  let open: BusboyFileStream | null = null;

  const tell = () => {
    news.resolve();
    news = Promise.withResolvers<void>();
  };
  parser.on('field', (name, value) => {
    found.push({ kind: 'field', name, value });
    tell();
  });
  parser.on('file', (name, stream, fileName) => {
    open = stream;
    // It fails with the parser, which is told.
    stream.on('error', () => undefined);
    found.push({
      kind: 'file',
      name,
      fileName: fileName ?? '',
      body: piecesOf(stream),
      stream,
    });
    tell();
  });
  const end = (error: unknown) => {
    ended ??= { error };
    open?.destroy(error === null ? undefined : asError(error));
    tell();
  };
  const pumped = pump(body, parser).then(
    () => end(null),
    (error) => end(error),
  );

  try {
    for (;;) {
      const part = found.shift();
      if (part) {
        const { stream, ...known } = part;
        yield known;
        stream?.resume();
      } else if (ended) {
        const { error } = ended as { error: unknown };
        if (error !== null) {
          throw error;
        }
        return;
      } else {
        await news.promise;
      }
    }
  } finally {
    parser.destroy();
    await pumped;
  }
}

/** What is left of it stays in the stream when the reader stops. */
async function* piecesOf(stream: BusboyFileStream): AsyncGenerator<Uint8Array, void, void> {
  try {
    yield* stream.iterator({ destroyOnReturn: false });
  } catch (error) {
    throw error instanceof Problem ? error : NO_FORM;
  }
}

/** Writes the body into the parser as fast as that takes it. */
async function pump(body: AsyncIterable<Uint8Array>, parser: BusboyInstance): Promise<void> {
  const finished = new Promise<void>((resolve, reject) => {
    parser
      .once('finish', resolve)
      .once('error', () => reject(NO_FORM))
      .once('close', resolve);
  });
  finished.catch(() => undefined);
  for await (const piece of body) {
    await Promise.race([
      finished,
      new Promise<void>((resolve, reject) => {
        parser.write(Buffer.from(piece), (error) => (error ? reject(NO_FORM) : resolve()));
      }),
    ]);
  }
  parser.end();
  await finished;
}

function openParser(contentType: string): BusboyInstance {
  try {
    return new Busboy({ headers: { 'content-type': contentType }, limits: LIMITS });
  } catch {
    throw NO_FORM;
  }
}

const NO_FORM = new Problem(
  400,
  'malformed',
  'The form cannot be read',
  'Nothing was changed. Send it again, whole.',
);

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
