import {
  AuditLog,
  AuditLogRepository,
  Clock,
  commonPasswords,
  generatePassword,
  hashPassword,
  insertEmailAccount,
  weaknessOf,
} from '@guildhall/api/maintenance';
import { displayNameSchema, emailSchema, newPasswordSchema, platformRoleSchema } from '@guildhall/contracts';
import { connect, type Transaction } from '@guildhall/database';
import { StartError } from '@guildhall/process';
import { z } from 'zod';
import { auditKeysOf } from '../audit-keys.js';
import { maintain } from '../maintenance.js';

const optionsSchema = z.object({
  email: emailSchema,
  role: platformRoleSchema.default('USER'),
  password: newPasswordSchema.optional(),
  name: displayNameSchema.optional(),
});

type UserCreateOptions = z.infer<typeof optionsSchema>;

/**
 * Creates an account that signs in by e-mail, while Guildhall runs or is stopped. The operator vouches for the address.
 * @param values of the command line
 * @returns the exit code
 * @throws StartError or EnvironmentError
 */
export async function userCreate(
  environment: NodeJS.ProcessEnv,
  values: Readonly<Record<string, unknown>>,
  print: (text: string) => void,
): Promise<number> {
  const options = await readOptions(values);
  const password = options.password ?? generatePassword();
  const passwordHash = await hashPassword(password);
  return maintain(environment, async ({ databaseUrl, secrets }) => {
    const log = new AuditLog(auditKeysOf(environment, secrets), new AuditLogRepository(), new Clock());
    // A connection that breaks is told of by the query that breaks with it.
    const connection = connect({
      url: databaseUrl,
      poolSize: 1,
      applicationName: 'guildhall-cli',
      onError: () => undefined,
    });
    try {
      await connection.database.transaction((transaction) => create(transaction, log, { ...options, passwordHash }));
    } finally {
      await connection.close();
    }
    print(`The account ${options.email} (${options.role}) is there.`);
    if (options.password === undefined) print(`Its password, shown once and best changed soon: ${password}`);
    return 0;
  });
}

/** @throws StartError with one line for all that is wrong */
async function readOptions(values: Readonly<Record<string, unknown>>): Promise<UserCreateOptions> {
  if (values.email === undefined) throw new StartError('user:create needs --email <address>.');
  const { help: _help, ...given } = values;
  const options = optionsSchema.safeParse({
    ...given,
    ...(typeof values.role === 'string' && { role: values.role.toUpperCase() }),
  });
  if (!options.success) {
    const problems = options.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`);
    throw new StartError(`${problems.join('; ')}.`);
  }
  const { email, password, name } = options.data;
  const weakness =
    password === undefined ? null : weaknessOf(password, { email, displayName: name }, await commonPasswords());
  if (weakness !== null) throw new StartError(`this password is too easy to guess. ${weakness}`);
  return options.data;
}

async function create(
  transaction: Transaction,
  log: AuditLog,
  { email, role, name, passwordHash }: UserCreateOptions & { passwordHash: string },
): Promise<void> {
  const facts = { email, passwordHash, isVerified: true, displayName: name, role, locale: 'en' } as const;
  const accountId = await insertEmailAccount(transaction, facts, new Date());
  if (accountId === null) throw new StartError(`${email} already has an account.`);
  await log.append(transaction, [
    {
      action: 'account.created',
      guildId: null,
      actor: { identity: null, ipAddress: null },
      origin: 'command-line',
      target: { id: accountId, accountId, ...(name !== undefined && { name }) },
      after: { email, role },
    },
  ]);
}
