import type { ElementRef } from '@angular/core';
import {
  Component,
  DestroyRef,
  afterNextRender,
  computed,
  effect,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { ProblemError } from '../../api/problem-error';
import { displayName, nameColor, type Directory } from '../../ui/discord/directory';
import { MessageView } from '../../ui/discord/message-view';
import { Icon } from '../../ui/icon';
import { RelativeTime } from '../../ui/relative-time';
import { ProblemView } from '../../ui/problem-view';
import { StateView } from '../../ui/state-view';
import type { FeedEntry } from './feed';
import { FeedAnnouncer } from './feed-announcer';
import { OverviewStore } from './overview-store';

/** Messages and joins as they happen, newest on top. Nothing moves while somebody reads: what is new waits behind a pill. */
@Component({
  selector: 'gh-live-feed',
  imports: [FeedAnnouncer, Icon, MessageView, ProblemView, RelativeTime, StateView, TranslocoDirective],
  templateUrl: './live-feed.html',
  styleUrl: './live-feed.css',
})
export class LiveFeed {
  readonly directory = input.required<Directory>();
  protected readonly store = inject(OverviewStore);
  private readonly topMark = viewChild.required<ElementRef<HTMLElement>>('topMark');
  private readonly endMark = viewChild.required<ElementRef<HTMLElement>>('endMark');

  protected readonly messagesForbidden = new ProblemError('missing-capability');
  protected readonly isPaused = signal(false);
  protected readonly isPointerOver = signal(false);
  private readonly isAwayFromTop = signal(false);
  protected readonly newestKey = computed(() => this.store.entries()[0]?.key ?? null);

  constructor() {
    effect(() => this.store.hold(this.isPaused() || this.isPointerOver() || this.isAwayFromTop()));
    const destroyRef = inject(DestroyRef);
    afterNextRender(() => {
      const top = new IntersectionObserver(([mark]) => this.isAwayFromTop.set(mark?.isIntersecting === false));
      const end = new IntersectionObserver(([mark]) => mark?.isIntersecting && void this.store.loadOlder(), {
        rootMargin: '600px',
      });
      top.observe(this.topMark().nativeElement);
      end.observe(this.endMark().nativeElement);
      destroyRef.onDestroy(() => {
        top.disconnect();
        end.disconnect();
      });
    });
  }

  /** A finger rests nowhere: only a mouse can have something under it. */
  protected onPointer(event: PointerEvent, isOver: boolean): void {
    if (event.pointerType === 'mouse') this.isPointerOver.set(isOver);
  }

  protected showWaiting(): void {
    this.store.showWaiting();
    this.topMark().nativeElement.scrollIntoView({ block: 'center' });
  }

  protected joinName({ member }: FeedEntry & { kind: 'join' }): string {
    return displayName(member.user, member);
  }

  protected joinColor({ member }: FeedEntry & { kind: 'join' }): string | null {
    return nameColor(member, this.directory());
  }
}
