/** The place of direct messages among the guilds. */
export const HOME = '@me';

/** What the page knows of the world of one person; the server tells every change. */
export class Knowledge {
  me = null;
  guilds = [];
  direct = [];
  /** By guild: those who wrote, are named or are listed. Nobody needs to know all ten thousand. */
  people = new Map();

  take({ me, guilds, directChannels }) {
    Object.assign(this, { me, guilds, direct: directChannels });
  }

  guild(id) {
    return this.guilds.find((guild) => guild.id === id) ?? null;
  }

  get channels() {
    return [...this.guilds.flatMap((guild) => guild.channels), ...this.direct];
  }

  channel(id) {
    for (const { channels } of this.guilds) {
      const found = channels.find((channel) => channel.id === id);
      if (found) return found;
    }
    return this.direct.find((channel) => channel.id === id) ?? null;
  }

  putGuild(guild) {
    const index = this.guilds.findIndex((it) => it.id === guild.id);
    if (index < 0) this.guilds.push(guild);
    else this.guilds[index] = guild;
  }

  dropGuild(id) {
    this.guilds = this.guilds.filter((guild) => guild.id !== id);
    this.people.delete(id);
  }

  putChannel(channel) {
    const list = channel.guildId ? this.guild(channel.guildId)?.channels : this.direct;
    if (!list) return;
    const index = list.findIndex((it) => it.id === channel.id);
    if (index < 0) list.push(channel);
    else list[index] = channel;
  }

  dropChannel({ id, guildId }) {
    const guild = this.guild(guildId);
    if (guild) guild.channels = guild.channels.filter((it) => it.id !== id && it.parentId !== id);
  }

  /** Somebody enters, leaves or changes voice channels, or mutes themselves. */
  putVoice({ guildId, channelId, person }) {
    for (const channel of this.guild(guildId)?.channels ?? []) {
      if (!channel.voices) continue;
      const index = channel.voices.findIndex((it) => it.id === person.id);
      if (channel.id !== channelId) channel.voices = channel.voices.filter((it) => it.id !== person.id);
      else if (index < 0) channel.voices.push(person);
      else channel.voices[index] = person;
    }
  }

  learn(guildId, people) {
    const key = guildId ?? HOME;
    if (!this.people.has(key)) this.people.set(key, new Map());
    const known = this.people.get(key);
    for (const person of people) known.set(person.id, person);
  }

  person(guildId, id) {
    return this.people.get(guildId ?? HOME)?.get(id) ?? (id === this.me?.id ? this.me : undefined);
  }

  peopleOf(guildId) {
    return [...(this.people.get(guildId ?? HOME)?.values() ?? [])];
  }

  /** Somebody comes, goes or starts a game. */
  changePresence({ user, status, activities, guild_id }) {
    const [first] = activities;
    const activity = first ? { type: first.type, name: first.name, state: first.state } : null;
    const places = [this.person(guild_id, user.id), ...this.direct.map(({ person }) => person)];
    for (const person of places) if (person?.id === user.id) Object.assign(person, { status, activity });
    if (user.id === this.me.id) Object.assign(this.me, { status, activity });
  }
}
