import { Component, computed, inject, input } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import type { Guild } from '@guildhall/contracts';
import { RealtimeConnection } from '../realtime/realtime-connection';
import { Icon } from '../ui/icon';
import { WholeNumber } from '../ui/whole-number';

/** The pages of one guild, grouped by module. */
@Component({
  selector: 'gh-module-navigation',
  imports: [Icon, RouterLink, RouterLinkActive, TranslocoDirective, WholeNumber],
  template: `
    <ng-container *transloco="let t; prefix: 'shell'">
      <header>
        <b>{{ guild().name }}</b>
        <small>
          <span class="dot" [class.good]="isLive()"></span>
          {{ isLive() ? t('live') : t('connecting') }} ·
          {{ t('members', { count: guild().memberCount | wholeNumber }) }}
        </small>
      </header>
      <nav [attr.aria-label]="t('modules.label')">
        <a [routerLink]="['/guilds', guild().id, 'overview']" routerLinkActive="active" ariaCurrentWhenActive="page">
          <gh-icon name="dashboard" />{{ t('modules.overview') }}
        </a>
      </nav>
    </ng-container>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      border-inline-end: 1px solid var(--color-line);
      background: var(--color-side);
    }
    header {
      display: grid;
      gap: 2px;
      padding: 16px;
      border-block-end: 1px solid var(--color-line);
    }
    b {
      overflow: hidden;
      font-size: 15px;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    small {
      color: var(--color-muted);
      font-size: 12px;
    }
    .dot {
      display: inline-block;
      inline-size: 8px;
      block-size: 8px;
      margin-inline-end: 2px;
      border-radius: 50%;
      background: var(--color-busy);
    }
    .dot.good {
      background: var(--color-good);
    }
    nav {
      display: grid;
      gap: 2px;
      padding: 12px 8px;
    }
    a {
      display: flex;
      align-items: center;
      gap: 10px;
      block-size: 36px;
      padding-inline: 10px;
      border-radius: 8px;
      color: var(--color-muted);
    }
    a:hover {
      background: var(--color-raised);
      color: var(--color-text);
    }
    a.active {
      background: color-mix(in oklab, var(--color-accent) 16%, transparent);
      color: var(--color-text);
      font-weight: 600;
    }
    a.active gh-icon {
      color: var(--color-link);
    }
  `,
})
export class ModuleNavigation {
  readonly guild = input.required<Guild>();
  private readonly realtime = inject(RealtimeConnection);
  protected readonly isLive = computed(() => this.realtime.state() === 'connected');
}
