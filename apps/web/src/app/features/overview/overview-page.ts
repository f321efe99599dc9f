import { Component, computed, effect, inject, input, untracked } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { ProblemError } from '../../api/problem-error';
import { PageTitle } from '../../i18n/page-title';
import { readableTopics } from '../../realtime/topics';
import { GuildList } from '../../shell/guild-list';
import { ProblemView } from '../../ui/problem-view';
import { Skeleton } from '../../ui/skeleton';
import { FigureCards } from './figure-cards';
import { LatestJoins } from './latest-joins';
import { LiveFeed } from './live-feed';
import { OverviewStore } from './overview-store';
import { PipelineCard } from './pipeline-card';

/** A guild's first page: its figures and what happens in it right now. */
@Component({
  selector: 'gh-overview-page',
  imports: [FigureCards, LatestJoins, LiveFeed, PipelineCard, ProblemView, RouterLink, Skeleton, TranslocoDirective],
  providers: [OverviewStore],
  templateUrl: './overview-page.html',
  styleUrl: './overview-page.css',
})
export class OverviewPage {
  /** From the route. */
  readonly guildId = input.required<string>();
  protected readonly store = inject(OverviewStore);
  protected readonly guildList = inject(GuildList);
  private readonly title = inject(PageTitle);

  protected readonly guild = computed(() => this.guildList.guilds()?.find(({ id }) => id === this.guildId()) ?? null);

  /** Equal as long as neither the guild nor what I may see of it changed: only then is everything fetched anew. */
  private readonly access = computed(
    () => {
      const guild = this.guild();
      return guild && { guildId: guild.id, topics: readableTopics(guild.capabilities) };
    },
    { equal: (one, other) => JSON.stringify(one) === JSON.stringify(other) },
  );

  protected readonly error = computed(() => {
    const isUnknown = this.guildList.guilds() !== null && this.guild() === null;
    return isUnknown ? new ProblemError('not-found') : (this.guildList.error() ?? this.store.error());
  });

  constructor() {
    effect(() => {
      const access = this.access();
      untracked(() => (access ? this.store.open(access) : this.store.close()));
    });
    effect(() => {
      const name = this.guild()?.name;
      if (name) this.title.setContext(name);
    });
  }

  protected retry(): void {
    if (this.guildList.error()) void this.guildList.load();
    else void this.store.fetch();
  }
}
