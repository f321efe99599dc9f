import { createHash, timingSafeEqual } from 'node:crypto';
import { registerSchema, type Registered } from '@guildhall/contracts';
import type { Socket } from 'socket.io';
import type { Peer } from './peers.js';

/** How long a connection may stay without registering. */
export const REGISTRATION_DEADLINE_MS = 5_000;

export type Registration = { accepted: true; peer: Peer } | { accepted: false; answer: Registered };

/** Judges a `register` message: its shape, and the shared secret in constant time. */
export function judgeRegistration(socket: Socket, payload: unknown, secret: string): Registration {
  const parsed = registerSchema.safeParse(payload);
  if (!parsed.success) return { accepted: false, answer: { success: false, reason: 'malformed registration' } };
  const register = parsed.data;
  if (!isSameSecret(register.token, secret)) {
    return { accepted: false, answer: { success: false, reason: 'wrong token: GATEWAY_SECRET differs' } };
  }
  if (register.type === 'backend') return { accepted: true, peer: { type: 'backend', name: register.name, socket } };
  const { botId, name, shards = [] } = register;
  return { accepted: true, peer: { type: 'bot', botId, name, shards, connectedAt: new Date().toISOString(), socket } };
}

/** Compares digests, which have one length whatever was sent. */
function isSameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
