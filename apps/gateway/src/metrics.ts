import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

/** The gateway's own metrics, in a registry of their own so that several gateways fit into one process. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    peers: new Gauge({ name: 'gateway_peers_connected', help: 'Registered peers', labelNames: ['type'], registers }),
    batches: new Counter({ name: 'gateway_batches_routed_total', help: 'Batches passed on to an API', registers }),
    events: new Counter({
      name: 'gateway_events_routed_total',
      help: 'Bot events in the batches passed on',
      registers,
    }),
    commands: new Counter({
      name: 'gateway_commands_total',
      help: 'Commands sent to bots, by outcome',
      labelNames: ['outcome'],
      registers,
    }),
    refused: new Counter({
      name: 'gateway_refused_total',
      help: 'Messages of peers that were refused, by reason',
      labelNames: ['reason'],
      registers,
    }),
    ackSeconds: new Histogram({
      name: 'gateway_ack_duration_seconds',
      help: 'From passing a batch on to the acknowledgement of its commit',
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
  };
}
