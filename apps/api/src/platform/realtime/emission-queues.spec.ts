import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { id, message } from '../../../testing/bot-events.js';
import { type Emission, emissionOf } from './emissions.rules.js';
import { FLUSH_INTERVAL_MS, EmissionQueues } from './emission-queues.js';

describe('EmissionQueues', () => {
  let sent: Emission[];
  let queues: EmissionQueues;

  beforeEach(() => {
    vi.useFakeTimers();
    sent = [];
    queues = new EmissionQueues((emission) => void sent.push(emission));
  });
  afterEach(() => void vi.useRealTimers());

  const push = (version: number, guildId = '1') =>
    queues.push(
      emissionOf({ guildId, topic: 'messages', name: 'message.created', items: [message(id(version))] }, version),
    );
  const versions = () => sent.map(({ payload }) => payload.version);

  it('sends at once to a quiet guild', () => {
    push(1);
    expect(versions()).toEqual([1]);
    vi.advanceTimersByTime(FLUSH_INTERVAL_MS);
    push(2);
    expect(versions()).toEqual([1, 2]);
  });

  it('collects what comes to a busy guild, and sends it as one', () => {
    for (let version = 1; version <= 5; version++) push(version);
    expect(versions()).toEqual([1]);
    vi.advanceTimersByTime(FLUSH_INTERVAL_MS);
    expect(versions()).toEqual([1, 5]);
    expect(sent[1]?.payload).toMatchObject({
      previousVersion: 1,
      items: [{ id: '2' }, { id: '3' }, { id: '4' }, { id: '5' }],
    });
  });

  it('keeps a guild that stays busy at its pace, and others out of it', () => {
    push(1);
    push(2);
    push(1, '2');
    vi.advanceTimersByTime(FLUSH_INTERVAL_MS);
    push(3);
    expect(versions()).toEqual([1, 1, 2]);
    vi.advanceTimersByTime(FLUSH_INTERVAL_MS);
    expect(versions()).toEqual([1, 1, 2, 3]);
  });

  it('keeps the order of all topics of a guild', () => {
    const left: Emission = emissionOf(
      { guildId: '1', topic: 'members', name: 'member.left', items: [{ id: id(9) }] },
      1,
    );
    push(1);
    push(2);
    queues.push(left);
    push(3);
    vi.advanceTimersByTime(FLUSH_INTERVAL_MS);
    expect(sent.map(({ name }) => name)).toEqual([
      'message.created',
      'message.created',
      'member.left',
      'message.created',
    ]);
  });

  it('has no timers left when all is quiet', () => {
    push(1);
    push(2);
    vi.advanceTimersByTime(FLUSH_INTERVAL_MS * 3);
    expect(vi.getTimerCount()).toBe(0);
  });
});
