import { z } from 'zod';
import { fieldValue, optionValue } from '../interactions/use-schemas.js';
import { snowflake } from '../state/model.js';
import { action, inGuild } from './action.js';

const ofMessage = z.object({ channelId: snowflake, messageId: snowflake });

/** What people write and press, and what exists because of it, over HTTP. */
export const peopleActions = {
  runCommand: action(
    z
      .object({
        userId: snowflake,
        channelId: snowflake,
        name: z.string(),
        options: z.record(z.string(), optionValue).optional(),
        focused: z.string().optional(),
      })
      .describe(
        'Runs a slash command as a person, or asks for suggestions where focused names an option; answers with what came of it.',
      ),
    (control, use) => control.runCommand(use),
  ),
  runContextMenu: action(
    z
      .object({ userId: snowflake, channelId: snowflake, name: z.string(), targetId: snowflake })
      .describe('Chooses a command from the menu of a user or a message; answers with what came of it.'),
    (control, use) => control.runContextMenu(use),
  ),
  createWebhook: action(
    z
      .object({ userId: snowflake, channelId: snowflake, name: z.string() })
      .describe('Makes a webhook as a person, which belongs to no application.'),
    (control, { userId, channelId, name }) => control.createWebhook(userId, channelId, name),
  ),
  pressButton: action(
    ofMessage
      .extend({ userId: snowflake, customId: z.string(), values: z.array(z.string()).optional() })
      .describe('Presses a button or chooses from a select as a person; answers with what came of it.'),
    (control, use) => control.pressButton(use),
  ),
  submitModal: action(
    z
      .object({
        userId: snowflake,
        channelId: snowflake,
        customId: z.string(),
        fields: z.record(z.string(), fieldValue),
      })
      .describe('Submits a modal as a person; answers with what came of it.'),
    (control, use) => control.submitModal(use),
  ),
  listSentMessages: action(
    z
      .object({ guildId: snowflake.optional(), channelId: snowflake.optional() })
      .describe('Lists the messages that exist, oldest first.'),
    (control, where) => control.listSentMessages(where),
  ),
  count: action(
    z.object({ guildId: snowflake.optional() }).describe('Counts the messages of each channel.'),
    (control, where) => control.count(where),
  ),
  snapshot: action(
    inGuild.describe('Tells everything about a guild, as Discord would render it.'),
    (control, { guildId }) => control.snapshot(guildId),
  ),
  guilds: action(z.object({}).describe('Lists the guilds with their channels.'), (control) =>
    control.guilds().map(({ id, name, ownerId, members, channels }) => ({
      id,
      name,
      ownerId,
      memberCount: members.size,
      channels: [...channels.values()],
    })),
  ),
  users: action(z.object({}).describe('Lists the people and bots.'), (control) => control.users()),
};
