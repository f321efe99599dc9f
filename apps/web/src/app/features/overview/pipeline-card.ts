import { Component, computed, input } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { GuildOverview, Ping } from '@guildhall/contracts';
import { ProblemError } from '../../api/problem-error';
import { Icon } from '../../ui/icon';
import { RelativeTime } from '../../ui/relative-time';
import { WholeNumber } from '../../ui/whole-number';

/** Whether the bot is connected, how far the guild is synchronised, and how long each hop takes. */
@Component({
  selector: 'gh-pipeline-card',
  imports: [Icon, RelativeTime, TranslocoDirective, WholeNumber],
  templateUrl: './pipeline-card.html',
  styleUrl: './pipeline-card.css',
})
export class PipelineCard {
  readonly overview = input.required<GuildOverview | null>();
  readonly ping = input.required<Ping | ProblemError | null>();

  protected readonly hops = computed(() => {
    const ping = this.ping();
    return ping === null || ping instanceof ProblemError ? [] : ping.hops;
  });
  /** Discord has not measured a heartbeat yet when a latency is negative. */
  protected readonly totalMs = computed(() =>
    this.hops().reduce((sum, { latencyMs }) => sum + Math.max(latencyMs, 0), 0),
  );
  protected readonly outboxDepth = computed(() => {
    const ping = this.ping();
    return ping === null || ping instanceof ProblemError ? 0 : ping.outboxDepth;
  });
}
