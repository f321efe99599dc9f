import type { Connection } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { CONNECTION } from '../database/database.module.js';

const REQUEST_LABELS = ['method', 'route', 'status'] as const;

/** From a cached answer to the patience of a person, in seconds. */
const DURATION_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The process's metrics; other parts add theirs to `registry`. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  private readonly requests: Counter<(typeof REQUEST_LABELS)[number]>;
  private readonly durations: Histogram<(typeof REQUEST_LABELS)[number]>;

  constructor(@Inject(CONNECTION) { pool }: Connection) {
    const registers = [this.registry];
    this.requests = new Counter({
      name: 'api_requests_total',
      help: 'Requests answered by the API.',
      labelNames: REQUEST_LABELS,
      registers,
    });
    this.durations = new Histogram({
      name: 'api_request_duration_seconds',
      help: 'Time from the arrival of a request to the end of its answer.',
      labelNames: REQUEST_LABELS,
      buckets: DURATION_BUCKETS,
      registers,
    });
    new Gauge({
      name: 'postgres_connections_active',
      help: 'Connections to PostgreSQL that are working for a request right now.',
      registers,
      collect() {
        this.set(pool.totalCount - pool.idleCount);
      },
    });
    collectDefaultMetrics({ register: this.registry });
  }

  /** Counts and times every answer, by route pattern: ids in a label would make a series each. */
  observe(server: FastifyInstance): void {
    server.addHook('onResponse', async (request, reply) => {
      const labels = {
        method: request.method,
        route: request.routeOptions.url ?? 'unknown',
        status: String(reply.statusCode),
      };
      this.requests.inc(labels);
      this.durations.observe(labels, reply.elapsedTime / 1000);
    });
  }
}
