import { byId } from './dom.js';

/** Events that carry a whole message. */
const MESSAGE_EVENTS = ['EPHEMERAL', 'MESSAGE_CREATE', 'MESSAGE_UPDATE'];
/** How long "is typing" stays without being renewed, in milliseconds. */
const TYPING_MS = 6_000;

let live;

/** Follows what the person sees happen, in place of whoever was followed before. Heals by itself after a lost connection. */
export function listen(client) {
  live?.close();
  const stream = new EventSource(`/client/live?as=${client.me.id}`);
  live = stream;
  const on = (name, act) => stream.addEventListener(name, (event) => act(JSON.parse(event.data)));
  const { conversation } = client;
  for (const name of MESSAGE_EVENTS) {
    on(name, (message) => {
      hideTyping(message.author.id);
      client.receive(message);
    });
  }
  on('MESSAGE_DELETE', ({ id }) => conversation.remove([id]));
  on('MESSAGE_DELETE_BULK', ({ ids }) => conversation.remove(ids));
  on('EPHEMERAL_REMOVED', ({ id }) => conversation.remove([id]));
  on('MESSAGE_REACTION_ADD', (change) => conversation.changeReaction(change, true));
  on('MESSAGE_REACTION_REMOVE', (change) => conversation.changeReaction(change, false));
  on('PRESENCE_UPDATE', (presence) => client.updatePresence(presence));
  on('TYPING_START', (typing) => showTyping(client, typing));
  on('WORLD_CHANGED', () => client.refreshSoon());
  healAfterLoss(client, stream);
}

function healAfterLoss(client, stream) {
  let wasLost = false;
  stream.addEventListener('error', () => {
    wasLost = true;
    client.composer.say(client.texts.lost);
  });
  stream.addEventListener('open', async () => {
    if (!wasLost) return;
    wasLost = false;
    client.composer.say('');
    await client.refresh();
    if (client.channelId) await client.conversation.open();
  });
}

/** Who is typing in the open channel, with the timer that forgets them. */
const typing = new Map();

function showTyping(client, { channel_id, user_id }) {
  if (channel_id !== client.channelId || user_id === client.me.id) return;
  hideTyping(user_id);
  const timer = setTimeout(() => hideTyping(user_id), TYPING_MS);
  typing.set(user_id, { timer, name: client.names.user(user_id), text: client.texts.typing });
  drawTyping();
}

function hideTyping(userId) {
  clearTimeout(typing.get(userId)?.timer);
  typing.delete(userId);
  drawTyping();
}

/** Another channel is open: who types there is not known yet. */
export function forgetTyping() {
  for (const userId of typing.keys()) hideTyping(userId);
}

function drawTyping() {
  const [first] = typing.values();
  byId('typing').textContent = first ? first.text([...typing.values()].map((it) => it.name)) : '';
}
