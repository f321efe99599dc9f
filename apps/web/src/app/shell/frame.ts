import type { ElementRef } from '@angular/core';
import { Component, computed, effect, inject, signal, viewChild } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router, RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { filter, map } from 'rxjs';
import { Session } from '../session/session';
import { Icon } from '../ui/icon';
import { ProblemView } from '../ui/problem-view';
import { AccountMenu } from './account-menu';
import { GuildList } from './guild-list';
import { GuildRail } from './guild-rail';
import { ModuleNavigation } from './module-navigation';
import { StatusLine } from './status-line';

/** How long to wait before asking an API again that did not answer, in milliseconds. */
const RECOVERY_DELAY_MS = 5_000;

/** The frame around every page behind the sign-in: guilds, modules, content; on a phone a drawer and a bottom bar. */
@Component({
  selector: 'gh-frame',
  imports: [
    AccountMenu,
    GuildRail,
    Icon,
    ModuleNavigation,
    ProblemView,
    RouterLink,
    RouterLinkActive,
    RouterOutlet,
    StatusLine,
    TranslocoDirective,
  ],
  templateUrl: './frame.html',
  styleUrl: './frame.css',
})
export class Frame {
  private readonly router = inject(Router);
  private readonly guildList = inject(GuildList);
  private readonly content = viewChild<ElementRef<HTMLElement>>('content');
  private readonly drawer = viewChild<ElementRef<HTMLDialogElement>>('drawer');
  protected readonly session = inject(Session);
  protected readonly isDrawerOpen = signal(false);

  private readonly url = toSignal(
    this.router.events.pipe(
      filter((event) => event instanceof NavigationEnd),
      map((event) => event.urlAfterRedirects),
    ),
    { initialValue: this.router.url },
  );
  protected readonly guildId = computed(() => /^\/guilds\/(\d+)/.exec(this.url())?.[1] ?? null);
  protected readonly guild = computed(() => this.guildList.guilds()?.find(({ id }) => id === this.guildId()) ?? null);

  constructor() {
    effect((onCleanup) => {
      if (this.session.state().kind !== 'unreachable') return;
      const timer = setTimeout(() => void this.session.restore(), RECOVERY_DELAY_MS);
      onCleanup(() => clearTimeout(timer));
    });
    this.router.events.pipe(filter((event) => event instanceof NavigationEnd)).subscribe(() => this.closeDrawer());
  }

  protected openDrawer(): void {
    this.drawer()?.nativeElement.showModal();
    this.isDrawerOpen.set(true);
  }

  protected closeDrawer(): void {
    this.drawer()?.nativeElement.close();
  }

  /** The dialog itself is hit only where none of its content is: beside the drawer. */
  protected onDrawerClick(event: MouseEvent): void {
    if (event.target === this.drawer()?.nativeElement) this.closeDrawer();
  }

  protected skipToContent(event: Event): void {
    event.preventDefault();
    this.content()?.nativeElement.focus();
  }
}
