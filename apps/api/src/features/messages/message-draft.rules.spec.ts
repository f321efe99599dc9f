import { messageDraftSchema } from '@guildhall/contracts';
import { describe, expect, it } from 'vitest';
import { id } from '../../../testing/bot-events.js';
import { discordMessageOf, nonceOf } from './message-draft.rules.js';

describe('a message as Discord takes it', () => {
  it('notifies nobody unless told', () => {
    const draft = messageDraftSchema.parse({ content: '@everyone' });
    expect(discordMessageOf(draft).allowed_mentions).toEqual({ parse: [], roles: [], users: [], replied_user: false });
  });

  it('notifies whom it names', () => {
    const allowedMentions = { everyone: true, roleIds: ['1'], userIds: ['2'] };
    const draft = messageDraftSchema.parse({ content: 'x', allowedMentions });
    expect(discordMessageOf(draft).allowed_mentions).toMatchObject({ parse: ['everyone'], roles: ['1'], users: ['2'] });
  });

  it('says no more than the draft', () => {
    const draft = messageDraftSchema.parse({ content: ' hi ', replyToId: '7' });
    expect(discordMessageOf(draft)).toMatchObject({ content: 'hi', message_reference: { message_id: '7' } });
    expect(discordMessageOf(draft)).not.toHaveProperty('embeds');
  });
});

describe('a nonce', () => {
  const channelId = id(501);

  it('is the same for the same request, and for no other', () => {
    const nonce = nonceOf('account:1', channelId, 'key');
    expect(nonce).toHaveLength(25);
    expect(nonceOf('account:1', channelId, 'key')).toBe(nonce);
    const others = [
      nonceOf('account:2', channelId, 'key'),
      nonceOf('account:1', id(502), 'key'),
      nonceOf('account:1', channelId, 'other'),
      nonceOf('account:1', channelId, null),
      nonceOf('account:1', channelId, null),
    ];
    expect(new Set([nonce, ...others]).size).toBe(6);
  });
});
