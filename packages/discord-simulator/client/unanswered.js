const EPHEMERAL = 64;
const REPLY_TO_COMMAND = 20;

/** What stands in the conversation when an application said nothing to a command: only here, and only for this person. */
export function unansweredMessage(talk, { application, name, type }) {
  const { me, texts, conversation, channelId } = talk;
  const last = conversation.messages.at(-1)?.id ?? '0';
  return {
    id: String(BigInt(last) + 1n),
    channel_id: channelId,
    type: REPLY_TO_COMMAND,
    content: texts.failed,
    author: { id: application.id, username: application.name, avatar: null, bot: true },
    timestamp: new Date().toISOString(),
    flags: EPHEMERAL,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    components: [],
    interaction: { user: { id: me.id, username: me.name }, name },
    interaction_metadata: { command_type: type },
  };
}
