import type { MessageError } from './thread-message.ts';

/** Stands where Meta's code would: it was not asked. */
const OURS = -1;

/** The file cannot be read here any more. */
export const FILE_GONE: MessageError = {
  code: OURS,
  title: 'The file of this message can no longer be read.',
  detail: 'Nothing was sent. Attach the file again.',
};

/** Every try to hand the file to Meta ended without an answer. */
export const NOT_TAKEN: MessageError = {
  code: OURS,
  title: 'The file could not be handed to WhatsApp.',
  detail: 'The connection broke off each time. Nothing was sent. Try it again later, or send a smaller file.',
};

/** Meta has looked at the file and does not want it. */
export function refusedFile(code: number): MessageError {
  return {
    code,
    title: 'WhatsApp did not take the file.',
    detail: 'Nothing was sent. Save it as another kind (PDF, MP4, MP3 or JPEG) and attach that.',
  };
}
