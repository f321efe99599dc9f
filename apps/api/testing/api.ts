import { pino } from 'pino';
import { type ApiConfig, apiEnvironmentSchema } from '../src/config.js';
import { type Api, createApi } from '../src/create-app.js';
import { Clock } from '../src/platform/clock.js';

export const TEST_GATEWAY_SECRET = 'gateway-secret-of-the-specs-0123456789';
export const TEST_JWT_SECRET = 'jwt-secret-of-the-specs-0123456789abcdef';
export const TEST_SERVICE_TOKEN = 'service-token-of-the-specs-0123456789abcdef';
const TEST_AUDIT_KEY = 'audit-key-of-the-specs-0123456789abcdef';
export const TEST_WEB_ORIGIN = 'http://localhost:3000';

/** A clock that stands until a spec moves it. It starts at the real time, which the database knows too. */
export class SetClock extends Clock {
  private instantMs = Date.now();

  override now(): Date {
    return new Date(this.instantMs);
  }

  pass(seconds: number): void {
    this.instantMs += seconds * 1000;
  }
}

export interface TestApi extends Omit<Api, 'url'> {
  /** By the name `localhost`, like the address that is registered with Discord. */
  url: string;
  clock: SetClock;
  config: ApiConfig;
}

/** A configuration that fits: a free port, no gateway, everything else as shipped. */
export function testConfig(databaseUrl: string, overrides: Record<string, string> = {}): ApiConfig {
  return apiEnvironmentSchema.parse({
    PORT: '0',
    DATABASE_URL: databaseUrl,
    GATEWAY_URL: ' ',
    GATEWAY_SECRET: TEST_GATEWAY_SECRET,
    SERVICE_TOKEN: TEST_SERVICE_TOKEN,
    JWT_SECRET: TEST_JWT_SECRET,
    ENCRYPTION_KEY: '0'.repeat(64),
    AUDIT_KEY: TEST_AUDIT_KEY,
    // Nothing listens there: who needs a Discord starts a simulator.
    DISCORD_API_URL: 'http://127.0.0.1:9/api',
    DISCORD_TOKEN: 'MTA5MDAwMDAwMDAwMDAwMDAwMQ.simulator.demo-bot-token',
    DISCORD_CLIENT_ID: '1090000000000000001',
    DISCORD_CLIENT_SECRET: 'simulator-demo-client-secret',
    WEB_URL: TEST_WEB_ORIGIN,
    NODE_ENV: 'test',
    // Specs knock more often than people; the one about limits sets its own.
    RATE_LIMITS: 'read=1000000,write=1000000,sign-in=1000000,expensive=1000000',
    ...overrides,
  });
}

/** The whole API as it is shipped, on a free port, without a gateway. */
export async function startTestApi(databaseUrl: string, overrides: Record<string, string> = {}): Promise<TestApi> {
  const config = testConfig(databaseUrl, overrides);
  const clock = new SetClock();
  const api = await createApi(config, pino({ level: process.env.SPEC_LOG_LEVEL ?? 'silent' }), { clock });
  return { ...api, url: api.url.replace('127.0.0.1', 'localhost'), clock, config };
}
