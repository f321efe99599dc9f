import { get, nameInAddress, post, recentPeople, rememberedPeople, rememberPerson } from './api.js';
import { ChannelList } from './channel-list.js';
import { byId } from './dom.js';
import { Forum } from './forum.js';
import { drawHead } from './head.js';
import { HomeView } from './home.js';
import { HOME, Knowledge } from './knowledge.js';
import { LiveStream } from './live.js';
import { MemberPanel } from './member-panel.js';
import { choosePerson } from './people.js';
import { openPersonCard } from './person-card.js';
import { drawRail } from './rail.js';
import { isYounger, ReadStates } from './reads.js';
import { Talk } from './talk.js';
import { textsFor } from './texts.js';
import { askThread, ThreadPanel } from './threads.js';
import { drawUserPanel } from './user-panel.js';

/** Who one is and what is open; its parts draw from here and ask it to act. */
export class Client {
  known = new Knowledge();
  guildId = HOME;
  channelId = null;
  texts = textsFor(navigator.language);
  locale = navigator.language;

  constructor() {
    this.talk = new Talk(this, byId('talk'));
    this.threadPanel = new ThreadPanel(this);
    this.members = new MemberPanel(this);
    this.channelList = new ChannelList(this);
    this.forum = new Forum(this);
    this.home = new HomeView(this);
  }

  get me() {
    return this.person ?? this.known.me;
  }

  get guild() {
    return this.known.guild(this.guildId);
  }

  /** The channel of the main column. */
  get channel() {
    return this.channelId ? this.known.channel(this.channelId) : null;
  }

  async start() {
    const ids = [...rememberedPeople(), ...recentPeople()];
    const [first] = await get('beginning', { ids: ids.join(',') });
    if (first) await this.become(first);
  }

  async become(person) {
    rememberPerson(person.id);
    nameInAddress(person.id);
    this.person = person;
    this.locale = person.locale;
    this.texts = textsFor(person.locale);
    this.reads = new ReadStates(person.id);
    this.last = JSON.parse(localStorage.getItem(`last:${person.id}`) ?? '{}');
    this.guildId = this.last.guildId ?? HOME;
    this.channelId = null;
    this.threadPanel.close();
    document.documentElement.lang = person.locale;
    document.title = this.texts.title;
    // The stream first: what happens while the world is fetched must not be missed.
    this.live?.close();
    this.live = new LiveStream(this);
    if (!(await this.live.load())) return;
    const named = new URLSearchParams(location.search).get('channel');
    await this.openChannel(this.known.channel(named) ?? this.usualChannel());
    // The address speaks for the first person only.
    window.parent.postMessage({ person: { id: person.id, name: person.name } }, location.origin);
  }

  /** Who and what exists, fetched anew. */
  take(world) {
    this.known.take(world);
    this.person = world.me;
    this.reads.begin(this.known.channels);
    const hasOpenGuild = this.guildId === HOME ? this.known.guilds.length === 0 : this.guild;
    if (!hasOpenGuild && !this.channelId) this.guildId = this.known.guilds[0]?.id ?? HOME;
    this.draw();
  }

  /** After a lost connection: what is open is fetched anew too. */
  async reopen() {
    this.changed();
    const talks = [this.talk, this.threadPanel.talk].filter((talk) => talk.channelId);
    await Promise.all(talks.map((talk) => talk.conversation.open()));
    this.members.changed(this.guildId);
  }

  /** Something else than a message changed: what is open may be gone. */
  changed() {
    if (this.guildId !== HOME && !this.guild) {
      this.guildId = this.known.guilds[0]?.id ?? HOME;
      void this.openChannel(this.usualChannel());
    } else if (this.channelId && !this.channel) void this.openChannel(this.usualChannel());
    else if (this.channelId && this.talk.channelId) this.talk.composer.update(this.channel);
    this.threadPanel.changed();
    this.draw();
  }

  draw() {
    drawRail(this);
    this.channelList.draw();
    drawHead(this);
    drawUserPanel(this);
    this.forum.draw();
    this.home.draw();
  }

  talkIn(channelId) {
    return [this.talk, this.threadPanel.talk].find((talk) => talk.channelId === channelId) ?? null;
  }

  /** Asks for a person: to become them, unless something else is done with them. */
  choosePerson(choose = (person) => this.become(person)) {
    choosePerson(this, choose);
  }

  /** Where one was, or else where people talked last and one may answer. */
  usualChannel() {
    if (this.guildId === HOME) return null;
    const readable = (this.guild?.channels ?? []).filter(({ kind }) => kind !== 'category' && kind !== 'thread');
    const lastOpen = readable.find((channel) => channel.id === this.last.channels?.[this.guildId]);
    const talking = readable.filter(({ kind }) => kind === 'text' || kind === 'announcement');
    const byRecency = talking.toSorted((left, right) =>
      isYounger(right.lastMessageId ?? '0', left.lastMessageId ?? '0') ? 1 : -1,
    );
    const usual = byRecency.find((channel) => channel.canWrite && !channel.isPrivate);
    return lastOpen ?? usual ?? byRecency[0] ?? readable[0] ?? null;
  }

  async openGuild(guildId) {
    this.guildId = guildId;
    await this.openChannel(this.usualChannel());
  }

  async openChannelById(id) {
    const channel = this.known.channel(id);
    if (channel) await this.openChannel(channel);
  }

  /** Opens a channel in the main column, a thread beside the channel it is in. */
  async openChannel(channel) {
    if (channel?.kind === 'thread') return this.openThread(channel);
    if (channel?.id !== this.channelId) this.threadPanel.close();
    this.channelId = channel?.id ?? null;
    this.guildId = channel ? (channel.guildId ?? HOME) : this.guildId;
    this.rememberPlace();
    this.closeDrawer();
    const isForum = channel?.kind === 'forum';
    document.body.dataset.view = isForum ? 'forum' : channel ? 'talk' : 'home';
    this.draw();
    this.members.open(channel);
    await this.talk.open(isForum ? null : channel);
    if (isForum) await this.forum.open(channel);
    if (!channel) await this.home.open();
  }

  async openThread(thread) {
    const parent = this.known.channel(thread.parentId);
    if (parent && parent.id !== this.channelId) await this.openChannel(parent);
    this.closeDrawer();
    await this.threadPanel.open(thread);
    this.draw();
  }

  rememberPlace() {
    const channels = { ...this.last.channels, ...(this.channelId ? { [this.guildId]: this.channelId } : {}) };
    this.last = { guildId: this.guildId, channels };
    localStorage.setItem(`last:${this.me.id}`, JSON.stringify(this.last));
  }

  closeDrawer() {
    document.body.classList.remove('drawer-open');
    byId('open-drawer').setAttribute('aria-expanded', 'false');
  }

  receive(message) {
    const channel = this.known.channel(message.channel_id);
    if (channel) channel.lastMessageId = message.id;
    if (channel?.thread) channel.thread.messageCount += 1;
    const talk = this.talkIn(message.channel_id);
    if (!talk) this.hear(message);
    talk?.receive(message);
    // Somebody writes to this person for the first time.
    if (!channel && !message.guild_id) void this.live.load();
    else this.drawUnread();
  }

  /** A message in a channel that is not open. */
  hear(message) {
    if (message.author.id === this.me.id) {
      this.reads.markRead({ id: message.channel_id, lastMessageId: message.id });
      return;
    }
    const isNamed = message.mentions.some(({ id }) => id === this.me.id) || message.mention_everyone;
    const ownRoles = this.known.guild(message.guild_id)?.ownRoleIds ?? [];
    const isMention = isNamed || !message.guild_id || message.mention_roles.some((id) => ownRoles.includes(id));
    this.reads.note(message, isMention);
  }

  /** All of a channel has been seen. */
  read(channel) {
    if (!this.reads.isUnread(channel) && this.reads.mentions(channel) === 0) return;
    this.reads.markRead(channel);
    this.drawUnread();
  }

  drawUnread() {
    drawRail(this);
    this.channelList.draw();
  }

  changePresence(presence) {
    this.known.changePresence(presence);
    this.members.changed(presence.guild_id);
    if (presence.user.id === this.me.id) drawUserPanel(this);
    if (this.guildId === HOME) this.channelList.draw();
  }

  openPerson(userId, anchor) {
    return openPersonCard(this, userId, anchor);
  }

  askThread(channel, message) {
    askThread(this, channel, message);
  }

  /** The conversation with somebody, begun if need be. */
  async openDirect(userId) {
    const channel = await post('direct', { as: this.me.id, userId });
    this.known.putChannel(channel);
    this.reads.begin([channel]);
    await this.openChannel(channel);
  }

  /** Members of the open guild by part of their name. */
  searchMembers(query) {
    return get('members/search', { as: this.me.id, guildId: this.guildId, query });
  }
}
