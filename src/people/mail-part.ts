import type { Config } from '#src/config.ts';

/** The mail worker, as far as people need it: whether letters can go out, and a nudge after one was queued. */
export type MailPart = { mail?: { canSend: boolean; wake(): void } };

/** Whether a letter without a link can be sent. */
export const canWrite = ({ mail }: MailPart): boolean => mail?.canSend === true;

/** Whether a link can be mailed: only the configured public address is good enough to stand in a letter. */
export function canMailLinks(services: MailPart & { config: Pick<Config, 'url'> }): boolean {
  return canWrite(services) && services.config.url !== null;
}

/** The address of a page of ours, to be put into a letter. */
export const mailedLink = ({ url }: Pick<Config, 'url'>, path: string): string => `${url ?? ''}${path}`;

/** The address of a page of ours, for the signed-in person whose browser sent this form. */
export function shownLink({ url }: Pick<Config, 'url'>, request: Request, path: string): string {
  const origin = request.headers.get('origin') ?? `http://${request.headers.get('host') ?? 'localhost'}`;
  return `${url ?? origin}${path}`;
}
