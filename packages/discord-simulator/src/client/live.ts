import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SimulatorContext } from '../context.js';
import type { Interaction } from '../interactions/interactions.js';
import type { Dispatch } from '../state/dispatch.js';
import type { MessageRecord } from '../state/model.js';
import { canView } from '../state/permissions.js';
import { renderMessage } from '../views/messages.js';

/** Comment lines this far apart keep the connection open, in milliseconds. */
const KEEP_ALIVE_MS = 20_000;
/** Dispatches that change who and what exists: the client fetches its world again. */
const STRUCTURAL = /^(GUILD|CHANNEL)_(?!AUDIT_LOG|BAN)/;
/** Dispatches the client understands as they are. */
const FORWARDED = /^(MESSAGE_|PRESENCE_UPDATE$|TYPING_START$)/;

interface Stream {
  request: FastifyRequest;
  reply: FastifyReply;
  userId: string;
}

/** Server-sent events with what a person sees happen. @see https://html.spec.whatwg.org/multipage/server-sent-events.html */
export function streamTo({ world, interactions }: SimulatorContext, { request, reply, userId }: Stream): FastifyReply {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  raw.write(': connected\n\n');
  const send = (event: string, data: object) => raw.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);

  const onDispatch = (dispatch: Dispatch) => {
    if (!isVisible(dispatch)) return;
    if (STRUCTURAL.test(dispatch.name)) send('WORLD_CHANGED', {});
    else if (FORWARDED.test(dispatch.name)) send(dispatch.name, dispatch.data);
  };
  const isVisible = ({ name, guildId, channelId, userIds, data }: Dispatch) => {
    if (userIds && !userIds.includes(userId)) return false;
    if (guildId && !world.member(guildId, userId)) {
      return name === 'GUILD_MEMBER_REMOVE' && (data as { user: { id: string } }).user.id === userId;
    }
    if (!channelId) return true;
    const channel = world.channel(channelId);
    return channel !== undefined && canView(world, channel, userId);
  };
  const onEphemeral = (answer: { interaction: Interaction; message: MessageRecord; isRemoved: boolean }) => {
    if (answer.interaction.userId !== userId) return;
    send(
      answer.isRemoved ? 'EPHEMERAL_REMOVED' : 'EPHEMERAL',
      renderMessage(world, answer.message, { viewerId: userId }),
    );
  };

  world.on('dispatch', onDispatch);
  interactions.on('ephemeral', onEphemeral);
  const keepAlive = setInterval(() => raw.write(':\n\n'), KEEP_ALIVE_MS);
  request.raw.on('close', () => {
    clearInterval(keepAlive);
    world.off('dispatch', onDispatch);
    interactions.off('ephemeral', onEphemeral);
  });
  return reply;
}
