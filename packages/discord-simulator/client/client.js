import { get, post, rememberedPeople, rememberPerson } from './api.js';
import { Composer } from './composer.js';
import { Conversation } from './conversation.js';
import { byId } from './dom.js';
import { askModal } from './forms.js';
import { listen } from './live.js';
import { drawChannels, drawMe, drawMembers, drawRail } from './panels.js';
import { choosePerson } from './people.js';
import { SlashMenu } from './slash.js';
import { textsFor } from './texts.js';

/** The place of direct messages in the rail. */
const DIRECT = '@me';
/** Structural changes are gathered this long before the world is fetched again, in milliseconds. */
const REFRESH_MS = 400;

/** Who one is and what is open; its parts draw from here and ask it to act. */
export class Client {
  people = [];
  guilds = [];
  guildId = null;
  channelId = null;
  unread = new Set();
  /** The channel last open in each guild. */
  lastOpen = new Map();
  texts = textsFor(navigator.language);
  locale = navigator.language;

  constructor() {
    this.conversation = new Conversation(this);
    this.composer = new Composer(this);
    this.slash = new SlashMenu(this);
  }

  get guild() {
    return this.guilds.find((guild) => guild.id === this.guildId) ?? null;
  }

  get channel() {
    return this.guild?.channels.find((channel) => channel.id === this.channelId) ?? null;
  }

  async start() {
    this.people = await get('people');
    const known = rememberedPeople().map((id) => this.people.find((person) => person.id === id));
    // Alex is the demo's administrator; any other world begins with its first person.
    const alex = this.people.find((person) => person.username === 'alexmorgan');
    const first = known.find(Boolean) ?? alex ?? this.people[0];
    if (first) await this.become(first);
  }

  async become(person) {
    rememberPerson(person.id);
    this.me = person;
    this.locale = person.locale;
    this.texts = textsFor(person.locale);
    document.documentElement.lang = person.locale;
    document.title = this.texts.title;
    this.unread.clear();
    // The stream first: what happens while the world is fetched must not be missed.
    listen(this);
    await this.refresh();
    await this.openChannel(this.channel ?? this.usualChannel(this.guild));
  }

  /** Fetches who and what exists anew. */
  async refresh() {
    const person = this.me;
    const world = await get('world', { as: person.id });
    if (person.id !== this.me.id) return;
    this.me = world.me;
    this.guilds = [...world.guilds, ...this.directMessages(world)];
    if (!this.guild) this.guildId = this.guilds[0]?.id ?? null;
    const wasOpen = this.channelId;
    if (!this.channel) this.channelId = null;
    this.drawPanels();
    // The open channel was deleted, or is no longer for this person.
    if (wasOpen && !this.channelId) await this.openChannel(this.usualChannel(this.guild));
  }

  /** Direct messages look like one more guild whose channels are people. */
  directMessages({ directChannels }) {
    if (directChannels.length === 0) return [];
    return [
      {
        id: DIRECT,
        name: this.texts.directMessages,
        iconUrl: '/direct.svg',
        channels: directChannels,
        roles: [],
        members: [],
      },
    ];
  }

  refreshSoon() {
    this.refreshTimer ??= setTimeout(() => {
      this.refreshTimer = null;
      void this.refresh();
    }, REFRESH_MS);
  }

  drawPanels() {
    drawRail(this, (guild) => this.openGuild(guild));
    drawChannels(this, (channel) => this.openChannel(channel));
    drawMembers(this);
    drawMe(this, () => this.choosePerson());
  }

  async choosePerson() {
    // Somebody may have been created or renamed since the page was opened.
    this.people = await get('people');
    choosePerson(this, (person) => this.become(person));
  }

  /** Where one was, or else where people talked last and one may answer. */
  usualChannel(guild) {
    const readable = guild?.channels.filter((channel) => channel.kind !== 'category') ?? [];
    const lastOpen = readable.find((channel) => channel.id === this.lastOpen.get(guild?.id));
    const byRecency = readable.toSorted((left, right) =>
      Number(BigInt(right.lastMessageId ?? 0) - BigInt(left.lastMessageId ?? 0)),
    );
    return (
      lastOpen ?? byRecency.find((channel) => channel.canWrite && channel.kind !== 'private') ?? readable[0] ?? null
    );
  }

  async openGuild(guild) {
    this.guildId = guild.id;
    await this.openChannel(this.usualChannel(guild));
  }

  async openChannel(channel) {
    this.channelId = channel?.id ?? null;
    if (channel) this.lastOpen.set(this.guildId, channel.id);
    this.unread.delete(channel?.id);
    document.body.classList.remove('drawer-open');
    byId('open-drawer').setAttribute('aria-expanded', 'false');
    this.drawPanels();
    byId('channel-name').textContent = channel?.name ?? '';
    byId('channel-name').dataset.kind = channel?.kind ?? '';
    byId('topic').textContent = channel?.topic ?? '';
    this.composer.open(channel);
    if (!channel) this.conversation.clear();
    else await Promise.all([this.conversation.open(), this.slash.load()]);
  }

  receive(message) {
    if (message.channel_id === this.channelId) this.conversation.put(message);
    else if (!this.unread.has(message.channel_id) && message.author.id !== this.me.id) {
      this.unread.add(message.channel_id);
      if (!message.guild_id) this.refreshSoon();
      drawRail(this, (guild) => this.openGuild(guild));
      drawChannels(this, (channel) => this.openChannel(channel));
    }
  }

  updatePresence({ user, status, activities, guild_id }) {
    const member = this.guilds.find((guild) => guild.id === guild_id)?.members.find((it) => it.id === user.id);
    if (!member) return;
    Object.assign(member, { status, activity: activities[0] ?? null });
    if (guild_id === this.guildId) drawMembers(this);
  }

  /** Shows what came of an action: a modal is asked, a failure is said. Resolves to whether it worked. */
  async settle(action) {
    this.composer.say('');
    try {
      const { status, modal } = await action;
      if (status === 'failed') this.composer.say(this.texts.failed);
      if (modal) askModal(this, modal);
      return status !== 'failed';
    } catch (error) {
      this.composer.say(error.message);
      return false;
    }
  }

  /** Does something as the person in the open channel. */
  act(path, what = {}) {
    return this.settle(post(path, { as: this.me.id, channelId: this.channelId, ...what }));
  }

  /** Names of whom and what a text mentions. */
  get names() {
    const { guild } = this;
    return {
      locale: this.locale,
      user: (id) => this.member(id)?.name ?? this.people.find((it) => it.id === id)?.name ?? id,
      role: (id) => guild?.roles.find((it) => it.id === id)?.name ?? id,
      channel: (id) => guild?.channels.find((it) => it.id === id)?.name ?? id,
    };
  }

  member(id) {
    return this.guild?.members.find((it) => it.id === id);
  }

  /** What a select of Discord's own (users 5, roles 6, both 7, channels 8) offers. */
  selectable(type) {
    const options = (items) => (items ?? []).map(({ id, name }) => ({ value: id, label: name }));
    if (type === 8) return options(this.guild?.channels.filter((it) => it.kind !== 'category'));
    return [...(type === 6 ? [] : options(this.guild?.members)), ...(type === 5 ? [] : options(this.guild?.roles))];
  }
}
