import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

/** The bot's own metrics, in a registry of their own so that several bots fit into one process. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    events: new Counter({
      name: 'bot_events_written_total',
      help: 'Bot events written to the outbox, by type',
      labelNames: ['type'],
      registers,
    }),
    refusedEvents: new Counter({
      name: 'bot_events_refused_total',
      help: 'Dispatches that could not become a bot event, by reason',
      labelNames: ['reason'],
      registers,
    }),
    outboxDepth: new Gauge({ name: 'bot_outbox_depth', help: 'Events not acknowledged yet', registers }),
    batchesSent: new Counter({
      name: 'bot_batches_sent_total',
      help: 'Batches sent to the gateway, `again` when sent before',
      labelNames: ['attempt'],
      registers,
    }),
    disagreements: new Counter({
      name: 'bot_outbox_disagreements_total',
      help: 'Times the API stood where this outbox cannot go on from, so that events may be missing',
      registers,
    }),
    commands: new Counter({
      name: 'discord_commands_total',
      help: 'Commands run, by name, kind and outcome',
      labelNames: ['command', 'kind', 'outcome'],
      registers,
    }),
    commandSeconds: new Histogram({
      name: 'discord_command_duration_seconds',
      help: 'From the interaction or message to its answer',
      labelNames: ['command'],
      registers,
    }),
  };
}
