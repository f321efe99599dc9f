import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { KeyValueStore } from '../../platform/key-value/key-value-store.js';
import { randomHex, sha256 } from './secrets.js';

const STATE_TTL_SECONDS = 600;
const SESSION_ID_TTL_SECONDS = 300;
const HEX_64 = /^[0-9a-f]{64}$/;

/** The session in which a person asked to link their Discord identity. */
const linkIntentSchema = z.object({ accountId: z.uuid(), sessionId: z.uuid() });
export type LinkIntent = z.infer<typeof linkIntentSchema>;

const attemptSchema = z.object({
  browserHash: z.string(),
  codeVerifier: z.string(),
  link: linkIntentSchema.optional(),
});
const arrivalSchema = z.object({ browserHash: z.string(), accountId: z.uuid() });

/** An attempt that came back to the browser in which it began. */
export interface Attempt {
  codeVerifier: string;
  browser: string;
  /** Absent for a sign-in. */
  link?: LinkIntent | undefined;
}

/**
 * Sign-ins under way: first the state that Discord hands back, then the one-time id that the web app trades in. Both work
 * once, for a short time, and only in the browser in which the sign-in began; `browser` is the value of its cookie.
 */
@Injectable()
export class SignInAttempts {
  constructor(private readonly store: KeyValueStore) {}

  /** Remembers an attempt and returns its state. */
  async begin(browser: string, { codeVerifier, link }: Omit<Attempt, 'browser'>): Promise<string> {
    const state = randomHex();
    const attempt = { browserHash: hashOf(browser), codeVerifier, link };
    await this.store.set(stateKey(state), JSON.stringify(attempt), STATE_TTL_SECONDS);
    return state;
  }

  /** Takes an attempt; null when the state is unknown, used, expired or another browser's. */
  async take(state: string | undefined, browser: string | undefined): Promise<Attempt | null> {
    const attempt = await this.takeOwn(state, browser, { keyOf: stateKey, schema: attemptSchema });
    return attempt && browser !== undefined ? { ...attempt, browser } : null;
  }

  /** Remembers who signed in and returns the one-time id. */
  async arrive(browser: string, accountId: string): Promise<string> {
    const sessionId = randomHex();
    const arrival = { browserHash: hashOf(browser), accountId };
    await this.store.set(sessionKey(sessionId), JSON.stringify(arrival), SESSION_ID_TTL_SECONDS);
    return sessionId;
  }

  /** Takes who signed in; null when the id is unknown, used, expired or another browser's. */
  async collect(sessionId: string, browser: string | undefined): Promise<{ accountId: string } | null> {
    return this.takeOwn(sessionId, browser, { keyOf: sessionKey, schema: arrivalSchema });
  }

  /** Another browser that knows an id is refused without using it up for the one it belongs to. */
  private async takeOwn<T extends z.ZodType<{ browserHash: string }>>(
    id: string | undefined,
    browser: string | undefined,
    { keyOf, schema }: { keyOf: (id: string) => string; schema: T },
  ): Promise<z.infer<T> | null> {
    if (id === undefined || browser === undefined || !HEX_64.test(id)) return null;
    const stored = await this.store.get(keyOf(id));
    if (stored === null) return null;
    const record = schema.parse(JSON.parse(stored));
    if (record.browserHash !== hashOf(browser)) return null;
    return (await this.store.take(keyOf(id))) === null ? null : record;
  }
}

function stateKey(state: string): string {
  return `oauth:state:${state}`;
}

function sessionKey(sessionId: string): string {
  return `oauth:session:${sessionId}`;
}

/** The store may be shared and looked into; the cookie itself stays in the browser. */
function hashOf(browser: string): string {
  return sha256(browser).toString('hex');
}
