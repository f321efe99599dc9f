import { get } from './api.js';
import { h } from './dom.js';
import { icon } from './icons.js';
import { renderMessage } from './message-view.js';
import { closePopover, openPopover } from './popover.js';

/** The pinned messages of a channel, beside the button that asks for them. */
export async function openPins(talk, anchor) {
  const { texts, me, channelId, client } = talk;
  const list = h('div.pin-list', {}, h('p.empty', {}, texts.loading));
  const content = h('div.pins', {}, h('h2', {}, icon('pin', 20), texts.pins), list);
  openPopover(anchor, { name: texts.pins, side: 'below', content });
  const fill = async () => {
    try {
      const { messages, people } = await get('pins', { as: me.id, channelId });
      client.known.learn(talk.channel?.guildId, people);
      const nodes = messages.map((message) => drawPin(message, talk, fill));
      list.replaceChildren(...(nodes.length > 0 ? nodes : [h('p.empty', {}, texts.noPins)]));
    } catch (error) {
      list.replaceChildren(h('p.empty', {}, error.message));
    }
  };
  await fill();
}

function drawPin(message, talk, fill) {
  const { texts } = talk;
  const view = { ...talk.conversation.view(), isPreview: true };
  const jump = () => {
    closePopover();
    void talk.conversation.jump(message.id);
  };
  const unpin = async () => {
    if (await talk.act('pins', { messageId: message.id, isPinned: false })) await fill();
  };
  const label = texts.unpin;
  return h(
    'div.pin',
    {},
    renderMessage(message, view, false),
    h(
      'div.pin-tools',
      {},
      h('button.button.secondary', { type: 'button', onclick: jump }, texts.jumpTo),
      view.canPin &&
        h(
          'button.icon',
          { type: 'button', 'aria-label': label, title: label, onclick: () => void unpin() },
          icon('close', 16),
        ),
    ),
  );
}
