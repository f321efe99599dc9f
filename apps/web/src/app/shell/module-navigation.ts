import { Component, computed, inject, input } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import type { Capability, Guild } from '@guildhall/contracts';
import { RealtimeConnection } from '../realtime/realtime-connection';
import { Icon } from '../ui/icon';
import type { IconName } from '../ui/icon-paths';
import { WholeNumber } from '../ui/whole-number';

interface GuildPage {
  path: string;
  label: string;
  icon: IconName;
  /** Who may not do this does not see the page. */
  capability: Capability;
}

const pages: readonly GuildPage[] = [
  { path: 'overview', label: 'overview', icon: 'dashboard', capability: 'guild.view' },
  { path: 'failures', label: 'failures', icon: 'warning', capability: 'failures.manage' },
  { path: 'audit', label: 'audit', icon: 'history', capability: 'audit.read' },
  { path: 'access', label: 'access', icon: 'group', capability: 'access.manage' },
  { path: 'api-keys', label: 'apiKeys', icon: 'key', capability: 'apiKeys.manage' },
  { path: 'settings', label: 'settings', icon: 'settings', capability: 'guild.manage' },
];

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
        @for (page of visiblePages(); track page.path) {
          <a [routerLink]="['/guilds', guild().id, page.path]" routerLinkActive="active" ariaCurrentWhenActive="page">
            <gh-icon [name]="page.icon" />{{ t('modules.' + page.label) }}
          </a>
        }
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
  protected readonly visiblePages = computed(() =>
    pages.filter(({ capability }) => this.guild().capabilities.includes(capability)),
  );
  protected readonly isLive = computed(() => this.realtime.state() === 'connected');
}
