import { describe, expect, it } from 'vitest';
import { id, message } from '../../../testing/bot-events.js';
import { reducedTo } from './message-content.rules.js';

const told = {
  guildId: id(1),
  message: message(id(2), {
    content: 'the door code is 4711',
    attachments: [{ id: id(3), filename: 'payslip-of-alice.pdf', sizeBytes: 1, contentType: null }],
  }),
};

describe('reducedTo', () => {
  it('leaves a message whole, or as the fact that it was written, or leaves nothing', () => {
    expect(reducedTo('full', told)).toEqual(told);
    expect(reducedTo('metadata', told)).toEqual({
      ...told,
      message: { ...told.message, content: null, attachments: [] },
    });
    expect(JSON.stringify(reducedTo('metadata', told))).not.toMatch(/4711|alice/);
    expect(reducedTo('off', told)).toBeNull();
  });
});
