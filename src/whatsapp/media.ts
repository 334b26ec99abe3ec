import type { Sending } from './client.ts';
import { isObjectMissing } from './errors.ts';
import type { Answer, Exchange } from './exchange.ts';
import type { Failure } from './failure.ts';
import { type Download, type DownloadParts, download } from './media-download.ts';
import { type FilePart, headerMime, multipart } from './multipart.ts';
import { isSuccess, type Unsettled, unsettled } from './outcome.ts';
import { beginTransfer, type Patience } from './patience.ts';
import { asFields, asNumber, asWords } from './shape.ts';

export type { Download } from './media-download.ts';
export { TransferFailed } from './media-download.ts';
export type { FilePart } from './multipart.ts';

/** What Meta tells about a file that it keeps. The address holds for five minutes. */
export type MediaReading =
  | { ok: true; url: string; mime: string | null; sha256: string | null; bytes: number | null }
  /** `isMissing`: Meta does not have it any more, or does not show it to this token; it does not say which. */
  | { ok: false; problem: Unsettled; isMissing: boolean };

export type Uploaded = { ok: true; mediaId: string } | { ok: false; outcome: Unsettled };

export type Media = {
  /** Asks where a file is, for as long as any question may take; `stopping` ends it early. Never throws. */
  readMedia(number: Sending, mediaId: string, stopping?: AbortSignal): Promise<MediaReading>;
  /** Asks for the file itself; what `url` says is checked first. Never throws; its body may. */
  download(number: Sending, url: string, signal?: AbortSignal): Promise<Download>;
  /**
   * Gives a file to Meta, which keeps it for 30 days. It is streamed, under a length known beforehand. Doing it twice
   * does no harm. Throws only what `body` throws, and when the body is not as long as `bytes` says.
   */
  upload(number: Sending, file: FilePart, signal?: AbortSignal): Promise<Uploaded>;
};

type Options = DownloadParts & {
  exchange: Exchange;
  /** The path of something of Meta's: its id, and what follows. */
  address(id: string, rest: string): string;
};

export function createMedia({ exchange, address, ...parts }: Options): Media {
  return {
    async readMedia({ token }, mediaId, stopping) {
      // Without `phone_number_id`: it may be left out, and Meta was seen to refuse it for the files of customers.
      const path = address(mediaId, '');
      return readReading(await exchange({ token, method: 'GET', path, stopping }), token);
    },
    download: ({ token }, url, signal) => download(parts, token, url, signal),
    async upload({ phoneNumberId, token }, file, signal) {
      const path = address(phoneNumberId, '/media');
      const timed = watched(file.body, parts.patience, signal);
      const { type, ...content } = multipart(
        { messaging_product: 'whatsapp', type: headerMime(file.mime) },
        { ...file, body: timed.body },
      );
      const kept = keepingError(content.body);
      const answer = await exchange({
        token,
        method: 'POST',
        path,
        content: { type, bytes: content.bytes, body: kept.body },
        signal: timed.signal,
      }).finally(timed.end);
      if (answer.kind !== 'answer' && kept.error() !== null) {
        throw kept.error();
      }
      return readUploaded(answer, token);
    },
  };
}

function readReading(answer: Answer | Failure, token: string): MediaReading {
  const found = isSuccess(answer) ? asFields(answer.json) : null;
  const url = asWords(found?.url);
  if (url !== null) {
    return {
      ok: true,
      url,
      mime: asWords(found?.mime_type),
      sha256: asWords(found?.sha256),
      bytes: asNumber(found?.file_size),
    };
  }
  const problem = unsettled(answer, token);
  const isMissing = problem.kind === 'refused' && isObjectMissing(problem.error.code, problem.error.subcode);
  return { ok: false, problem, isMissing };
}

function readUploaded(answer: Answer | Failure, token: string): Uploaded {
  const mediaId = isSuccess(answer) ? asWords(asFields(answer.json)?.id) : null;
  return mediaId === null ? { ok: false, outcome: unsettled(answer, token) } : { ok: true, mediaId };
}

/** The same body, timed as it is taken. */
function watched(body: AsyncIterable<Uint8Array>, patience: Patience, outer?: AbortSignal) {
  const { signal, moved, end } = beginTransfer(patience, outer);
  async function* timed() {
    for await (const chunk of body) {
      moved(chunk.length);
      yield chunk;
    }
  }
  return { body: timed(), signal, end };
}

/** fetch answers for a body that throws as for a broken line: what it threw is kept. */
function keepingError(body: AsyncIterable<Uint8Array>) {
  let thrown: unknown = null;
  async function* keeping() {
    try {
      yield* body;
    } catch (error) {
      thrown = error;
      throw error;
    }
  }
  return { body: keeping(), error: () => thrown };
}
