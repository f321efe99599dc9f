import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { Instance } from '../../api/instance';
import { GuildList } from '../../shell/guild-list';
import { PreloadOnHover } from '../../shell/preload-on-hover';
import { Avatar } from '../../ui/avatar';
import { Icon } from '../../ui/icon';
import { ProblemView } from '../../ui/problem-view';
import { Skeleton } from '../../ui/skeleton';
import { StateView } from '../../ui/state-view';
import { WholeNumber } from '../../ui/whole-number';

/** The guilds I may see. */
@Component({
  selector: 'gh-guilds-page',
  imports: [Avatar, Icon, ProblemView, RouterLink, Skeleton, StateView, TranslocoDirective, WholeNumber],
  templateUrl: './guilds-page.html',
  styleUrl: './guilds-page.css',
})
export class GuildsPage {
  protected readonly guildList = inject(GuildList);
  protected readonly instance = inject(Instance);
  protected readonly preload = inject(PreloadOnHover);
}
