import { describe, expect, it } from 'vitest';
import { decideRotation } from './refresh-rotation.rules.js';

const now = new Date('2026-03-01T12:00:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);
const later = new Date('2026-03-08T12:00:00Z');
const fresh = { channel: 'cookie', isSuccessorUsed: false, now } as const;

describe('decideRotation', () => {
  it('rotates the newest token', () => {
    expect(decideRotation({ expiresAt: later, rotatedAt: null }, fresh)).toBe('rotate');
  });

  it('refuses one that was not used in time', () => {
    expect(decideRotation({ expiresAt: now, rotatedAt: null }, fresh)).toBe('expired');
  });

  it('repeats the successor to a cookie for ten seconds', () => {
    expect(decideRotation({ expiresAt: later, rotatedAt: ago(10_000) }, fresh)).toBe('repeat');
    expect(decideRotation({ expiresAt: later, rotatedAt: ago(10_001) }, fresh)).toBe('reuse');
  });

  it('gives no grace once the successor was used', () => {
    expect(decideRotation({ expiresAt: later, rotatedAt: ago(1) }, { ...fresh, isSuccessorUsed: true })).toBe('reuse');
  });

  it('gives no grace to tokens in bodies', () => {
    expect(decideRotation({ expiresAt: later, rotatedAt: ago(1) }, { ...fresh, channel: 'body' })).toBe('reuse');
  });
});
