import { Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import type { Guild, Page } from '@guildhall/contracts';
import { ApiClient } from '../api/api-client';
import { asProblemError, type ProblemError } from '../api/problem-error';
import { Session } from '../session/session';

const PAGE_LIMIT = 100;

/** The guilds I may see: the rail, the picker and every page of a guild read them here. */
@Injectable({ providedIn: 'root' })
export class GuildList {
  private readonly api = inject(ApiClient);
  private readonly loaded = signal<readonly Guild[] | null>(null);
  private readonly failure = signal<ProblemError | null>(null);

  /** Null until they have arrived. */
  readonly guilds = this.loaded.asReadonly();
  readonly error = computed(() => (this.loaded() === null ? this.failure() : null));

  constructor() {
    const session = inject(Session);
    effect(() => {
      const accountId = session.accountId();
      untracked(() => {
        this.loaded.set(null);
        if (accountId) void this.load();
      });
    });
  }

  /** Fetches all pages; what was shown stays until they are here. */
  async load(): Promise<void> {
    this.failure.set(null);
    try {
      const guilds: Guild[] = [];
      for (let page = 1, totalPages = 1; page <= totalPages; page++) {
        const answer = await this.api.get<Page<Guild>>('/api/guilds', { page, limit: PAGE_LIMIT });
        guilds.push(...answer.items);
        totalPages = answer.totalPages;
      }
      this.loaded.set(guilds);
    } catch (error) {
      this.failure.set(asProblemError(error));
    }
  }

  /** Applies what became known about a guild, such as a new name. */
  change(guildId: string, facts: Partial<Pick<Guild, 'name' | 'icon' | 'memberCount'>>): void {
    this.loaded.update(
      (guilds) => guilds?.map((guild) => (guild.id === guildId ? { ...guild, ...facts } : guild)) ?? null,
    );
  }
}
