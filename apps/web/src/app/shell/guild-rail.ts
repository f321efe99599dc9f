import { Component, inject, input } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { Avatar } from '../ui/avatar';
import { Icon } from '../ui/icon';
import { GuildList } from './guild-list';
import { PreloadOnHover } from './preload-on-hover';

/** The guilds as round icons, the account at the bottom. */
@Component({
  selector: 'gh-guild-rail',
  imports: [Avatar, Icon, RouterLink, RouterLinkActive, TranslocoDirective],
  template: `
    <nav *transloco="let t; prefix: 'shell'" [attr.aria-label]="t('guilds')">
      <a
        class="home"
        routerLink="/guilds"
        routerLinkActive="active"
        [routerLinkActiveOptions]="{ exact: true }"
        ariaCurrentWhenActive="page"
        [title]="t('guilds')"
        [attr.aria-label]="t('allGuilds')"
      >
        <gh-icon name="home" />
      </a>
      <hr />
      <ul>
        @for (guild of guildList.guilds(); track guild.id) {
          <li>
            <a
              [routerLink]="['/guilds', guild.id, 'overview']"
              [class.active]="guild.id === activeId()"
              [attr.aria-current]="guild.id === activeId() ? 'true' : null"
              [attr.aria-label]="guild.name"
              [title]="guild.name"
              (pointerenter)="preload.request('overview')"
            >
              <gh-avatar [image]="{ kind: 'guild', id: guild.id, hash: guild.icon }" [name]="guild.name" />
            </a>
          </li>
        }
      </ul>
    </nav>
    <ng-content />
  `,
  styleUrl: './guild-rail.css',
})
export class GuildRail {
  readonly activeId = input.required<string | null>();
  protected readonly guildList = inject(GuildList);
  protected readonly preload = inject(PreloadOnHover);
}
