/** Where an S3-compatible store keeps our files, and how to speak to it. */
export interface S3Location {
  endpoint: string;
  bucket: string;
  region: string;
  /** `host/bucket/key` rather than `bucket.host/key`. */
  isPathStyle: boolean;
  accessKeyId: string;
  secretAccessKey: string;
}

const DEFAULT_REGION = 'us-east-1';
/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const BUCKET = /^\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/?$/;

/**
 * Reads `https://key:secret@host:9000/bucket?region=eu-west-3&pathStyle=false`. Path style is the default: servers of one's
 * own rarely have a name for each bucket.
 */
export function readS3Url(url: string): S3Location | null {
  const parsed = URL.parse(url);
  const bucket = BUCKET.exec(parsed?.pathname ?? '')?.[1];
  if (!parsed || !/^https?:$/.test(parsed.protocol) || bucket === undefined || !parsed.username || !parsed.password)
    return null;
  const accessKeyId = decoded(parsed.username);
  const secretAccessKey = decoded(parsed.password);
  if (accessKeyId === null || secretAccessKey === null) return null;
  return {
    endpoint: parsed.origin,
    bucket,
    region: parsed.searchParams.get('region') ?? DEFAULT_REGION,
    isPathStyle: parsed.searchParams.get('pathStyle') !== 'false',
    accessKeyId,
    secretAccessKey,
  };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that means itself.
    return null;
  }
}

/** Whether `readS3Url` understands it. */
export function isS3Url(url: string): boolean {
  return readS3Url(url) !== null;
}
