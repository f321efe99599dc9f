import {
  BOT_COMMAND_TIMEOUT_MS,
  botAnswerSchema,
  botCommandSchema,
  gatewayEvents,
  toBotSchema,
  type BotResult,
} from '@guildhall/contracts';
import type { Logger } from 'pino';
import type { Metrics } from './metrics.js';
import type { BotPeer, Peers } from './peers.js';

/** The bot's connection ended before its answer: Socket.IO itself would let the sender wait for the timeout. */
const BOT_LEFT = Symbol('bot left');

/** Passes what APIs ask of bots on to them, and the bots' answers back. */
export class BotCommands {
  constructor(
    private readonly peers: Peers,
    private readonly metrics: Metrics,
    private readonly logger: Logger,
    private readonly timeoutMs = BOT_COMMAND_TIMEOUT_MS,
  ) {}

  /** Sends a `to-bot` command to its bot and waits up to 10 s for the answer. Never throws: failures are results. */
  async send(payload: unknown): Promise<BotResult> {
    const result = await this.#dispatch(payload);
    this.metrics.commands.inc({ outcome: result.ok ? 'ok' : result.code });
    return result;
  }

  /** Sends a command to every bot, without an answer; false when it is not a command. */
  broadcast(payload: unknown): boolean {
    const command = botCommandSchema.safeParse(payload);
    if (!command.success) return false;
    for (const bot of this.peers.bots()) bot.socket.emit(gatewayEvents.fromBackend, command.data);
    return true;
  }

  async #dispatch(payload: unknown): Promise<BotResult> {
    const parsed = toBotSchema.safeParse(payload);
    if (!parsed.success) return { ok: false, code: 'refused', detail: 'this is not a command for a bot' };
    const { botId, data } = parsed.data;
    const bot = this.peers.bot(botId);
    if (!bot) return { ok: false, code: 'bot-unreachable', detail: `${botId} is not connected to this gateway` };
    const startedAtMs = performance.now();
    const raw = await this.#answerOf(bot, data);
    if (raw === BOT_LEFT)
      return { ok: false, code: 'bot-unreachable', detail: `${botId} disconnected without an answer` };
    if (raw === undefined) return { ok: false, code: 'timeout', detail: `${botId} gave no answer` };
    const answer = botAnswerSchema.safeParse(raw);
    if (!answer.success) return { ok: false, code: 'failed', detail: `${botId} gave an answer that is not understood` };
    if (!answer.data.ok) return answer.data;
    return { ...answer.data, gatewayToBotMs: performance.now() - startedAtMs };
  }

  /** The bot's raw answer; undefined when it did not come in time. */
  async #answerOf({ socket, botId }: BotPeer, data: unknown): Promise<unknown> {
    let leave: () => void = () => undefined;
    const left = new Promise<typeof BOT_LEFT>((resolve) => {
      leave = () => resolve(BOT_LEFT);
      socket.once('disconnect', leave);
    });
    try {
      const answer = socket.timeout(this.timeoutMs).emitWithAck(gatewayEvents.fromBackend, data);
      return (await Promise.race([answer, left])) ?? null;
    } catch (error) {
      this.logger.warn({ err: error, botId }, 'a bot did not answer a command');
      return undefined;
    } finally {
      socket.off('disconnect', leave);
    }
  }
}
