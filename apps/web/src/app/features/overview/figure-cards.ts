import { Component, computed, input } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { GuildOverview } from '@guildhall/contracts';
import { Icon } from '../../ui/icon';
import { WholeNumber } from '../../ui/whole-number';

const figures = [
  { id: 'members', icon: 'group', value: (overview: GuildOverview) => overview.memberCount },
  { id: 'messagesDay', icon: 'forum', value: (overview: GuildOverview) => overview.messagesLast24Hours },
  { id: 'messagesWeek', icon: 'monitoring', value: (overview: GuildOverview) => overview.messagesLast7Days },
  { id: 'joinsWeek', icon: 'person-add', value: (overview: GuildOverview) => overview.joinsLast7Days },
] as const;

/** The guild's figures as cards; dashes until they are known. */
@Component({
  selector: 'gh-figure-cards',
  imports: [Icon, TranslocoDirective, WholeNumber],
  template: `
    <dl *transloco="let t; prefix: 'overview.figures'">
      @for (card of cards(); track card.id) {
        <div class="card">
          <dt><gh-icon [name]="card.icon" />{{ t(card.id) }}</dt>
          @if (card.value === null) {
            <dd><span class="unknown" aria-hidden="true"></span></dd>
          } @else {
            <dd>{{ card.value | wholeNumber }}</dd>
          }
        </div>
      }
    </dl>
  `,
  styles: `
    dl {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 150px), 1fr));
      gap: 16px;
    }
    .card {
      padding: 16px;
    }
    dt {
      --icon-size: 18px;
      display: flex;
      align-items: center;
      gap: 8px;
      color: var(--color-muted);
      font-size: 13px;
    }
    dd {
      margin-block-start: 4px;
      font-size: 28px;
      font-weight: 600;
      line-height: 36px;
      letter-spacing: -0.02em;
      font-variant-numeric: tabular-nums;
    }
    .unknown {
      display: block;
      inline-size: 72px;
      block-size: 24px;
      margin-block: 6px;
      border-radius: 6px;
      background: var(--color-raised);
    }
    @media (max-width: 640px) {
      dl {
        grid-template-columns: 1fr 1fr;
        gap: 8px;
      }
      .card {
        padding: 12px;
      }
      dd {
        font-size: 22px;
        line-height: 30px;
      }
    }
  `,
})
export class FigureCards {
  readonly overview = input.required<GuildOverview | null>();
  protected readonly cards = computed(() => {
    const overview = this.overview();
    return figures.map(({ id, icon, value }) => ({ id, icon, value: overview && value(overview) }));
  });
}
