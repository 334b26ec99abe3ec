/** A bucket of S3, or of what speaks its language, and how to enter it. */
export type S3Settings = Readonly<{
  bucket: string;
  /** Where its API is, without a trailing slash; some have a path. */
  endpoint: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}>;

/** What was given, each '' when it was not. */
export type S3Given = Record<'bucket' | 'endpoint' | 'region' | 'accessKeyId' | 'secretAccessKey', string>;

/** AWS's own; many others take it for theirs, whatever they are called. */
const DEFAULT_REGION = 'us-east-1';

/**
 * The bucket that was asked for, or null when none was. Tells each problem by the name of its setting, without its
 * value; then what it gives is of no use.
 */
export function readS3(
  given: S3Given,
  problem: (name: keyof S3Given, why: string) => void,
): S3Settings | null {
  if (Object.values(given).every((value) => value === '')) {
    return null;
  }
  const region = given.region || DEFAULT_REGION;
  // Always said: what is left out, Bun's client would take from the variables of other programs.
  const endpoint = given.endpoint || `https://s3.${region}.amazonaws.com`;
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(given.bucket)) {
    problem('bucket', given.bucket ? 'is no name of a bucket' : 'is missing: files in S3 need a bucket');
  }
  if (!/^[a-z0-9-]{1,40}$/.test(region)) {
    problem('region', `is "${region}": give a region like ${DEFAULT_REGION}`);
  }
  if (given.endpoint && !isEndpoint(endpoint)) {
    problem('endpoint', 'is no address: give one like https://s3.example.com, without a bucket or a query');
  }
  if (!isOneWord(given.accessKeyId)) {
    problem('accessKeyId', 'is missing or has spaces in it: give the id of a key that may use the bucket');
  }
  if (!isOneWord(given.secretAccessKey)) {
    problem('secretAccessKey', 'is missing or has spaces in it: give the secret that belongs to the key');
  }
  return Object.freeze({ ...given, region, endpoint: endpoint.replace(/\/+$/, '') });
}

function isEndpoint(given: string): boolean {
  const url = URL.canParse(given) ? new URL(given) : null;
  return (
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    !(url.search || url.hash || url.username || url.password)
  );
}

const isOneWord = (given: string) => /^[\x21-\x7e]+$/.test(given);
