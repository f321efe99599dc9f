import { z } from 'zod';
import { demoApplication } from './options.js';

/** Everything the process reads from its environment. */
export const environment = z
  .object({
    SIMULATOR_PORT: z.coerce
      .number()
      .int()
      .min(0)
      .max(65_535)
      .default(4_400)
      .describe('Port of everything the local Discord serves.'),
    SIMULATOR_HOST: z
      .string()
      .min(1)
      .default('127.0.0.1')
      .describe('Address to listen on; anybody who reaches it can sign in as anyone.'),
    GUILDHALL_DATA_DIR: z.string().min(1).default('.data').describe('Folder that keeps its state, in `simulator`.'),
    SIMULATOR_MAIL_DIR: z
      .string()
      .optional()
      .describe('Folder of the mails that the mailbox shows; `guildhall start` sets it.'),
    DEMO_ACTIVITY: z.enum(['on', 'off']).default('on').describe('`off` silences the people of the demo guilds.'),
    DEMO_RESET: z.enum(['0', '1']).default('0').describe('`1` starts afresh.'),
    SIMULATOR_ALLOW_PRODUCTION: z
      .enum(['0', '1', 'true', 'false'])
      .default('0')
      .describe('`1` allows it with `NODE_ENV=production`.'),
    NODE_ENV: z.string().default('development').describe('`production` refuses to start, unless allowed.'),
    DISCORD_CLIENT_ID: z
      .string()
      .regex(/^\d{17,20}$/, 'has to be a Discord id of 17 to 20 digits')
      .default(demoApplication.id)
      .describe('Id of the application that it knows.'),
    DISCORD_CLIENT_SECRET: z
      .string()
      .min(1)
      .default(demoApplication.clientSecret)
      .describe('OAuth2 secret of that application.'),
    DISCORD_TOKEN: z.string().min(1).default(demoApplication.botToken).describe('Bot token of that application.'),
    DISCORD_CALLBACK_URL: z
      .string()
      .default(demoApplication.redirectUris.join(','))
      .transform((list) => list.split(',').map((url) => url.trim()))
      .pipe(z.array(z.url('has to be a URL, or several separated by commas')).min(1))
      .describe('Redirect URIs of that application, comma-separated.'),
  })
  .refine((it) => it.NODE_ENV !== 'production' || ['1', 'true'].includes(it.SIMULATOR_ALLOW_PRODUCTION), {
    path: ['NODE_ENV'],
    message:
      'the simulator lets anyone sign in as anyone and is refused in production; SIMULATOR_ALLOW_PRODUCTION=1 overrides this',
  });

export type Environment = z.infer<typeof environment>;

/** Reads the environment, or tells every problem in one line. */
export function readEnvironment(variables: NodeJS.ProcessEnv): { settings: Environment } | { problems: string } {
  // A variable that is set to nothing counts as not set.
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (parsed.success) return { settings: parsed.data };
  return { problems: parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`).join('; ') };
}
