import { requestIdOf } from './request-id.ts';

export type ProblemDetails = {
  status: number;
  /** Short and stable, for example `window-closed`. */
  type: string;
  title: string;
  detail: string;
  /** What is wrong with the input, by the field's name. */
  fields?: Readonly<Record<string, string>>;
};

/** A problem document (RFC 9457): how programs are told that something did not work. */
export function problemResponse(
  request: Request,
  { status, type, title, detail, fields }: ProblemDetails,
  headers: Record<string, string> = {},
): Response {
  const errors = fields && Object.entries(fields).map(([field, why]) => ({ field, detail: why }));
  const body = { type, title, status, detail, errors, request_id: requestIdOf(request) };
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...headers, 'content-type': 'application/problem+json' },
  });
}
