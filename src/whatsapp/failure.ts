/** A request that got no answer. `not-sent` only when it is certain that nothing had left. */
export type Failure = { kind: 'not-sent' | 'unknown'; why: string };

/**
 * The errors that fetch throws before it writes a request: no connection, no address, a certificate that is not
 * trusted. Left out on purpose: ECONNRESET says the same before and after the request was written; EPROTO names a failed
 * handshake, but a broken record after the request ends in it too; EHOSTUNREACH and ENETUNREACH may end a connection
 * that stood.
 */
const CERTAIN = new Map([
  ['ECONNREFUSED', 'the connection was refused'],
  ['ENOTFOUND', 'the host name is not known'],
  ['EAI_AGAIN', 'the name server does not answer'],
  ['EAI_FAIL', 'the name server does not answer'],
  ['EAI_NODATA', 'the host name has no address'],
  ['EAI_NONAME', 'the host name is not known'],
  ['ENODATA', 'the host name has no address'],
  ['ESERVFAIL', 'the name server does not answer'],
  ['ERR_INVALID_URL', 'the address is not valid'],
]);

const CERTIFICATE_CODES = new Set([
  'CERT_CHAIN_TOO_LONG',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** Sorts what fetch threw. Only the code is passed on: the message may quote addresses and headers. */
export function failureOf(error: unknown): Failure {
  const code = codeOf(error);
  const certain =
    CERTAIN.get(code) ?? (CERTIFICATE_CODES.has(code) ? 'its certificate is not trusted' : undefined);
  if (certain !== undefined) {
    return { kind: 'not-sent', why: `${certain} (${code})` };
  } else if (error instanceof Error && error.name === 'TimeoutError') {
    return { kind: 'unknown', why: 'no answer in time' };
  } else {
    return { kind: 'unknown', why: `the connection ended without an answer (${code})` };
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'no code';
}
