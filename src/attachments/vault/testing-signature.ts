import { createHash, createHmac } from 'node:crypto';

/** The only key a stand-in of S3 knows. */
export const testKey = { accessKeyId: 'AKIDTEST', secretAccessKey: 'not-a-secret/+=' };
export const TEST_REGION = 'eu-test-1';

/**
 * What is wrong with a request's signature, as S3 calls it; null when it is right. AWS Signature Version 4 over the
 * method, path, query and signed headers (docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html).
 */
export function faultOfSignature(request: Request): string | null {
  const { headers } = request;
  const given =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      headers.get('authorization') ?? '',
    );
  const [, credential = '', signedHeaders = '', signature] = given ?? [];
  const [keyId, ...scope] = credential.split('/');
  const date = headers.get('x-amz-date') ?? '';
  if (!given) {
    return 'AccessDenied';
  } else if (keyId !== testKey.accessKeyId) {
    return 'InvalidAccessKeyId';
  } else if (scope.join('/') !== `${date.slice(0, 8)}/${TEST_REGION}/s3/aws4_request`) {
    return 'AuthorizationHeaderMalformed';
  } else if (!['host', 'x-amz-content-sha256', 'x-amz-date'].every((name) => signedHeaders.includes(name))) {
    return 'AccessDenied';
  }
  const said = canonical(request, signedHeaders);
  const toSign = ['AWS4-HMAC-SHA256', date, scope.join('/'), sha256(said)].join('\n');
  const key = scope.reduce<Buffer>(hmac, Buffer.from(`AWS4${testKey.secretAccessKey}`));
  return hmac(key, toSign).toString('hex') === signature ? null : 'SignatureDoesNotMatch';
}

function canonical(request: Request, signedHeaders: string): string {
  const { pathname, searchParams } = new URL(request.url);
  const query = [...searchParams].map(([name, value]) => `${encoded(name)}=${encoded(value)}`).sort();
  const signed = signedHeaders.split(';').map((name) => `${name}:${request.headers.get(name)?.trim()}\n`);
  const payload = request.headers.get('x-amz-content-sha256') ?? '';
  return [request.method, pathname, query.join('&'), signed.join(''), signedHeaders, payload].join('\n');
}

const encoded = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest();
