const SAVE_MS = 300;

/** Whether the first Discord id is younger than the second. */
export function isYounger(id, other) {
  if (!other) return true;
  return id.length === other.length ? id > other : id.length > other.length;
}

/** How far one person has read, remembered by this browser. */
export class ReadStates {
  constructor(personId) {
    this.key = `reads:${personId}`;
    this.byChannel = new Map(Object.entries(JSON.parse(localStorage.getItem(this.key) ?? '{}')));
  }

  /** What was said in a channel before the person first came here counts as read. */
  begin(channels) {
    for (const { id, lastMessageId } of channels) {
      if (!this.byChannel.has(id)) this.byChannel.set(id, { read: lastMessageId ?? '0', mentions: 0 });
    }
    this.save();
  }

  lastRead(channelId) {
    return this.byChannel.get(channelId)?.read ?? null;
  }

  isUnread({ id, lastMessageId }) {
    const state = this.byChannel.get(id);
    return Boolean(state && lastMessageId && isYounger(lastMessageId, state.read));
  }

  mentions({ id }) {
    return this.byChannel.get(id)?.mentions ?? 0;
  }

  markRead({ id, lastMessageId }) {
    this.byChannel.set(id, { read: lastMessageId ?? '0', mentions: 0 });
    this.save();
  }

  /** A message came in where the person does not look. */
  note({ channel_id: channelId }, isMention) {
    const state = this.byChannel.get(channelId) ?? { read: '0', mentions: 0 };
    this.byChannel.set(channelId, { ...state, mentions: state.mentions + (isMention ? 1 : 0) });
    this.save();
  }

  save() {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      localStorage.setItem(this.key, JSON.stringify(Object.fromEntries(this.byChannel)));
    }, SAVE_MS);
  }
}
