import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SimulatorContext } from '../context.js';
import type { Interaction } from '../interactions/interactions.js';
import type { Dispatch } from '../state/dispatch.js';
import type { MessageRecord } from '../state/model.js';
import { canView } from '../state/permissions.js';
import type { World } from '../state/world.js';
import { renderMessage } from '../views/messages.js';
import { patchesFor } from './patches.js';
import { peopleIn, renderClientGuild } from './views.js';

/** Comment lines this far apart keep the connection open, in milliseconds. */
const KEEP_ALIVE_MS = 20_000;
/** How soon a page that lost the stream asks for it again, in milliseconds. */
const RETRY_MS = 1_000;
/** Changes of a whole guild come in bursts, when a bot edits roles: they are told together after this many milliseconds. */
const GATHER_MS = 100;
/** Dispatches the client understands as they are. */
const FORWARDED = /^(MESSAGE_|PRESENCE_UPDATE$|TYPING_START$)/;
const WHOLE_MESSAGE = ['MESSAGE_CREATE', 'MESSAGE_UPDATE'];

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
  raw.write(`retry: ${RETRY_MS}\n\n`);
  const send = (event: string, data: object) => raw.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  const guilds = new StaleGuilds(world, userId, (guild) => send('GUILD_PUT', guild));

  const onDispatch = (dispatch: Dispatch) => {
    if (!isAddressedTo(world, userId, dispatch)) return;
    for (const { event, data } of patchesFor(world, userId, dispatch) ?? []) {
      if (event === 'GUILD_STALE') guilds.add((data as { id: string }).id);
      else send(event, data);
    }
    if (FORWARDED.test(dispatch.name) && isVisible(world, userId, dispatch))
      send(dispatch.name, withPeople(world, dispatch));
  };
  const onEphemeral = (answer: { interaction: Interaction; message: MessageRecord; isRemoved: boolean }) => {
    if (answer.interaction.userId !== userId) return;
    const channel = world.channel(answer.message.channelId);
    const people = channel ? peopleIn(world, channel, [answer.message]) : [];
    const message = renderMessage(world, answer.message, { viewerId: userId });
    send(answer.isRemoved ? 'EPHEMERAL_REMOVED' : 'EPHEMERAL', { ...message, people });
  };

  // Another world altogether was loaded.
  const onReplaced = () => send('WORLD_CHANGED', {});

  world.on('dispatch', onDispatch);
  world.on('replaced', onReplaced);
  interactions.on('ephemeral', onEphemeral);
  const keepAlive = setInterval(() => raw.write(':\n\n'), KEEP_ALIVE_MS);
  request.raw.on('close', () => {
    clearInterval(keepAlive);
    guilds.forget();
    world.off('dispatch', onDispatch);
    world.off('replaced', onReplaced);
    interactions.off('ephemeral', onEphemeral);
  });
  return reply;
}

/** Whether somebody hears of a dispatch at all: members do, and who was one until just now hears that it ended. */
function isAddressedTo(world: World, userId: string, { name, guildId, userIds, data }: Dispatch): boolean {
  if (userIds && !userIds.includes(userId)) return false;
  if (!guildId || world.member(guildId, userId)) return true;
  return name === 'GUILD_MEMBER_REMOVE' && (data as { user: { id: string } }).user.id === userId;
}

function isVisible(world: World, userId: string, { channelId }: Dispatch): boolean {
  if (!channelId) return true;
  const channel = world.channel(channelId);
  return channel !== undefined && canView(world, channel, userId);
}

/** A message comes with who is named in it, so that the page need not know everybody. */
function withPeople(world: World, { name, channelId, data }: Dispatch): object {
  const channel = WHOLE_MESSAGE.includes(name) ? world.channel(channelId ?? '') : undefined;
  const message = channel && world.history(channel.id).get((data as { id: string }).id);
  return channel && message ? { ...data, people: peopleIn(world, channel, [message]) } : data;
}

/** Guilds whose roles or channels changed for one person, until they are told. */
class StaleGuilds {
  private readonly ids = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly world: World,
    private readonly userId: string,
    private readonly tell: (guild: object) => void,
  ) {}

  add(guildId: string): void {
    this.ids.add(guildId);
    this.timer ??= setTimeout(() => this.flush(), GATHER_MS);
  }

  forget(): void {
    clearTimeout(this.timer);
  }

  private flush(): void {
    this.timer = undefined;
    for (const id of this.ids) {
      const guild = this.world.guilds.get(id);
      if (guild?.members.has(this.userId)) this.tell(renderClientGuild(this.world, guild, this.userId));
    }
    this.ids.clear();
  }
}
