export type GraphErrorDetail = { details?: string; subcode?: number; transient?: boolean };

/** A refusal in Meta's words. `code` is what clients decide on, `httpStatus` only travels with it. */
export class GraphError extends Error {
  constructor(
    readonly httpStatus: number,
    readonly code: number,
    message: string,
    readonly detail: GraphErrorDetail = {},
  ) {
    super(message);
    this.name = 'GraphError';
  }
}

/** A parameter of the wrong kind, shape or length: code 100, with the place in the details. */
export function invalidParameter(details: string): GraphError {
  return new GraphError(400, 100, '(#100) Invalid parameter', { details });
}

export function missingParameter(path: string): GraphError {
  return new GraphError(400, 131008, '(#131008) Required parameter is missing', {
    details: `Parameter '${path}' is required.`,
  });
}

/** A well-formed value that names nothing usable: an unknown quote, a reaction to a reaction. */
export function invalidValue(details: string): GraphError {
  return new GraphError(400, 131009, '(#131009) Parameter value is not valid', { details });
}

export function unknownObject(method: string, id: string): GraphError {
  const verb = method.toLowerCase();
  return new GraphError(
    400,
    100,
    `Unsupported ${verb} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`,
    { subcode: 33 },
  );
}

export function graphErrorResponse(error: GraphError): Response {
  const { details, subcode, transient } = error.detail;
  const body = {
    error: {
      message: error.message,
      type: error.code === 100 && subcode === 33 ? 'GraphMethodException' : 'OAuthException',
      code: error.code,
      ...(details === undefined ? {} : { error_data: { messaging_product: 'whatsapp', details } }),
      ...(subcode === undefined ? {} : { error_subcode: subcode }),
      ...(transient === undefined ? {} : { is_transient: transient }),
      fbtrace_id: traceId(),
    },
  };
  return Response.json(body, { status: error.httpStatus });
}

function traceId(): string {
  return `A${Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64url')}`;
}
