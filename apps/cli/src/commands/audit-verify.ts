import { join } from 'node:path';
import {
  AuditHeads,
  type AuditVerification,
  AuditVerificationRepository,
  AuditVerifier,
  type ChainFinding,
  DiskFileStore,
  type FileStore,
  readS3Url,
  S3FileStore,
} from '@guildhall/api/maintenance';
import { type Snowflake, snowflakeSchema } from '@guildhall/contracts';
import { connect } from '@guildhall/database';
import { StartError } from '@guildhall/process';
import { auditKeysOf } from '../audit-keys.js';
import { maintain } from '../maintenance.js';

interface AuditVerifyOptions {
  guild?: string | boolean | undefined;
  'write-head'?: string | boolean | undefined;
}

/**
 * Verifies the audit log, while Guildhall runs or is stopped.
 * @returns the exit code: 1 when something is not as it was written
 * @throws StartError or EnvironmentError
 */
export async function auditVerify(
  environment: NodeJS.ProcessEnv,
  options: AuditVerifyOptions,
  print: (text: string) => void,
): Promise<number> {
  const only = guildOf(options.guild);
  return maintain(environment, async ({ databaseUrl, dataDir, secrets }) => {
    const keys = auditKeysOf(environment, secrets);
    const files = openFiles(environment.S3_URL, dataDir);
    // A connection that breaks is told of by the query that breaks with it.
    const connection = connect({
      url: databaseUrl,
      poolSize: 2,
      applicationName: 'guildhall-cli',
      onError: () => undefined,
    });
    try {
      const repository = new AuditVerificationRepository(connection.database);
      const heads = new AuditHeads(files, repository, keys);
      const result = await new AuditVerifier(repository, heads, keys).verify(new Date(), only);
      for (const line of report(result)) print(line);
      if (!isSound(result)) return 1;
      if (options['write-head'] === true) {
        await heads.write(new Date());
        print('The heads of today are written.');
      }
      return 0;
    } finally {
      await connection.close();
      if (files instanceof S3FileStore) files.close();
    }
  });
}

function guildOf(option: string | boolean | undefined): Snowflake | undefined {
  if (option === undefined) return undefined;
  const id = snowflakeSchema.safeParse(option);
  if (!id.success) throw new StartError(`--guild must be the id of a guild, not "${option}".`);
  return id.data;
}

function openFiles(s3Url: string | undefined, dataDir: string): FileStore {
  if (!s3Url) return new DiskFileStore(join(dataDir, 'files'));
  const location = readS3Url(s3Url);
  if (!location) throw new StartError('S3_URL is not understood.');
  return new S3FileStore(location);
}

function isSound({ findings, damagedFiles }: AuditVerification): boolean {
  return findings.length === 0 && damagedFiles.length === 0;
}

function report(result: AuditVerification): string[] {
  const { findings, chains, entries, newestHeadAt, damagedFiles } = result;
  return [
    ...damagedFiles.map((key) => `The file ${key} is not as it was written.`),
    ...findings.map((finding) => `${chainName(finding.guildId)}: ${sentence(finding)}`),
    newestHeadAt === null
      ? 'There is no head outside the database yet: an end that was cut off would not show.'
      : `Compared with the heads of ${newestHeadAt}.`,
    `${isSound(result) ? 'The audit log is as it was written' : 'The audit log was tampered with'}: ${entries} entries in ${chains} chains were read.`,
  ];
}

function chainName(guildId: Snowflake | null): string {
  return guildId === null ? 'Instance' : `Guild ${guildId}`;
}

function sentence({ kind, seq, lastSeq = seq, part = 'actor' }: ChainFinding): string {
  const entries = lastSeq === seq ? `entry ${seq} is` : `entries ${seq} to ${lastSeq} are`;
  const sentences: Record<ChainFinding['kind'], string> = {
    changed: `entry ${seq} was changed.`,
    missing: `${entries} missing.`,
    'cut-off': `the end was cut off: ${entries} missing.`,
    'part-changed': `the part "${part}" of entry ${seq} was changed.`,
    'part-missing': `the part "${part}" of entry ${seq} is gone, and no erasure accounts for it.`,
    'part-added': `entry ${seq} has a part "${part}" that it was not written with.`,
    'unknown-key': `entry ${seq} is signed by a key that AUDIT_KEY does not hold.`,
    'other-head': `entry ${seq} is not the one that the head outside the database speaks of.`,
    'given-up': `too much is wrong; reading ended with entry ${seq}.`,
  };
  return sentences[kind];
}
