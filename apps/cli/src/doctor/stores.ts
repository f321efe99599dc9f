import { readS3Url, RedisKeyValueStore, S3FileStore, SmtpMailer } from '@guildhall/api/maintenance';
import { createLogger } from '@guildhall/process';
import { type Finding, ok, problem } from './finding.js';

export interface StoreSettings {
  redisUrl: string | undefined;
  s3Url: string | undefined;
  smtpUrl: string | undefined;
}

/** Looks at the stores of a deployment on several machines, by the API's own clients. */
export async function checkStores({ redisUrl, s3Url, smtpUrl }: StoreSettings): Promise<Finding[]> {
  const checks = [
    redisUrl === undefined ? null : checkRedis(redisUrl),
    s3Url === undefined ? null : checkS3(s3Url),
    smtpUrl === undefined ? null : checkSmtp(smtpUrl),
  ];
  return Promise.all(checks.filter((check) => check !== null));
}

async function checkRedis(url: string): Promise<Finding> {
  const store = new RedisKeyValueStore(url, createLogger({ app: 'doctor', level: 'silent', isProduction: true }));
  await store.settle();
  return answering('Redis', store.ping(), 'Check that Redis runs there, and REDIS_URL.').finally(() => store.close());
}

async function checkS3(url: string): Promise<Finding> {
  const advice = 'Check the address, the key, the bucket and `pathStyle=true` in S3_URL.';
  const location = readS3Url(url);
  if (!location) return problem('Files (S3)', 'S3_URL is not understood', advice);
  const store = new S3FileStore(location);
  return answering('Files (S3)', store.ping(), advice).finally(() => store.close());
}

async function checkSmtp(url: string): Promise<Finding> {
  const mailer = new SmtpMailer(url, 'guildhall@localhost');
  const advice = 'Check the address, the user and the password in SMTP_URL.';
  return answering('Mail (SMTP)', mailer.verify(), advice).finally(() => mailer.close());
}

async function answering(subject: string, answer: Promise<void>, advice: string): Promise<Finding> {
  try {
    await answer;
    return ok(subject, 'it answers');
  } catch (error) {
    const { message, cause } = error as Error;
    return problem(subject, `it cannot be used (${cause instanceof Error ? cause.message : message})`, advice);
  }
}
