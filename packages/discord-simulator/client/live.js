import { get } from './api.js';
import { byId } from './dom.js';

/** Events that carry a whole message. */
const MESSAGE_EVENTS = ['EPHEMERAL', 'MESSAGE_CREATE', 'MESSAGE_UPDATE'];
/** A stream the browser gave up is asked for again after this many milliseconds. */
const RETRY_MS = 2_000;

/**
 * What one person sees happen, as it happens. Events that come while their world is fetched wait until it is there: nothing is lost
 * between what the fetched world holds and what comes after it.
 */
export class LiveStream {
  waiting = [];
  isReady = false;

  constructor(client) {
    this.client = client;
    this.personId = client.me.id;
    this.connect();
  }

  connect() {
    this.source = new EventSource(`/client/live?as=${this.personId}`);
    const on = (name, act) =>
      this.source.addEventListener(name, (event) => {
        const data = JSON.parse(event.data);
        if (this.isReady) act(data);
        else this.waiting.push(() => act(data));
      });
    this.listenToTalk(on);
    this.listenToWorld(on);
    this.healAfterLoss();
  }

  close() {
    clearTimeout(this.timer);
    this.source.close();
    this.say('');
  }

  /** Fetches who and what exists, then lets happen what happened meanwhile. */
  async load() {
    this.isReady = false;
    const world = await get('world', { as: this.personId });
    if (this.client.live !== this) return false;
    this.client.take(world);
    this.isReady = true;
    for (const act of this.waiting.splice(0)) act();
    return true;
  }

  listenToTalk(on) {
    const { client } = this;
    const inTalk = (channelId, act) => client.talkIn(channelId) && act(client.talkIn(channelId));
    for (const name of MESSAGE_EVENTS) {
      on(name, ({ people = [], ...message }) => {
        client.known.learn(message.guild_id ?? client.known.channel(message.channel_id)?.guildId, people);
        if (name === 'MESSAGE_CREATE') client.receive(message);
        else inTalk(message.channel_id, (talk) => talk.receive(message));
      });
    }
    const onConversation = (name, act) =>
      on(name, (data) => inTalk(data.channel_id, (talk) => act(talk.conversation, data)));
    onConversation('MESSAGE_DELETE', (conversation, { id }) => conversation.remove([id]));
    onConversation('MESSAGE_DELETE_BULK', (conversation, { ids }) => conversation.remove(ids));
    onConversation('EPHEMERAL_REMOVED', (conversation, { id }) => conversation.remove([id]));
    onConversation('MESSAGE_REACTION_ADD', (conversation, change) => conversation.changeReaction(change, true));
    onConversation('MESSAGE_REACTION_REMOVE', (conversation, change) => conversation.changeReaction(change, false));
    onConversation('MESSAGE_REACTION_REMOVE_ALL', (conversation, gone) => conversation.clearReactions(gone));
    onConversation('MESSAGE_REACTION_REMOVE_EMOJI', (conversation, gone) => conversation.clearReactions(gone));
    onConversation('MESSAGE_POLL_VOTE_ADD', (conversation, change) => conversation.changeVote(change, true));
    onConversation('MESSAGE_POLL_VOTE_REMOVE', (conversation, change) => conversation.changeVote(change, false));
    on('TYPING_START', (typing) => inTalk(typing.channel_id, (talk) => talk.typing.show(typing)));
  }

  listenToWorld(on) {
    const { client } = this;
    const { known } = client;
    const onKnown = (name, act) =>
      on(name, (data) => {
        act(data);
        client.changed();
      });
    onKnown('CHANNEL_PUT', (channel) => {
      known.putChannel(channel);
      client.reads.begin([channel]);
    });
    onKnown('CHANNEL_GONE', (gone) => known.dropChannel(gone));
    onKnown('GUILD_PUT', (guild) => {
      known.putGuild(guild);
      client.reads.begin(guild.channels);
    });
    onKnown('GUILD_GONE', ({ id }) => known.dropGuild(id));
    onKnown('VOICE_PUT', (voice) => known.putVoice(voice));
    on('MEMBER_PUT', ({ guildId, member }) => {
      known.learn(guildId, [member]);
      client.members.changed(guildId);
    });
    on('MEMBER_GONE', ({ guildId }) => client.members.changed(guildId));
    // Another world altogether was loaded: this person may have another name in it.
    on('WORLD_CHANGED', () => void this.catchUp());
    on('PRESENCE_UPDATE', (presence) => client.changePresence(presence));
  }

  healAfterLoss() {
    let wasLost = false;
    this.source.addEventListener('error', () => {
      wasLost = true;
      this.isReady = false;
      this.say(this.client.texts.lost);
      // After an answer that is no stream the browser does not try again by itself.
      if (this.source.readyState === EventSource.CLOSED) this.timer = setTimeout(() => this.connectAgain(), RETRY_MS);
    });
    this.source.addEventListener('open', () => {
      if (wasLost || this.wasClosed) void this.catchUp();
      wasLost = this.wasClosed = false;
    });
  }

  connectAgain() {
    this.wasClosed = true;
    this.connect();
  }

  /** What happened while nobody listened is fetched. */
  async catchUp() {
    this.waiting.length = 0;
    try {
      if (!(await this.load())) return;
      this.say('');
      await this.client.reopen();
    } catch {
      // Lost again at once: the next connection will do it.
      this.timer = setTimeout(() => this.catchUp(), RETRY_MS);
    }
  }

  say(text) {
    byId('connection').textContent = text;
  }
}
