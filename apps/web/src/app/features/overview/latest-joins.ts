import { Component, computed, input } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { Member } from '@guildhall/contracts';
import { Avatar, type AvatarImage } from '../../ui/avatar';
import { displayName, nameColor, type Directory } from '../../ui/discord/directory';
import { RelativeTime } from '../../ui/relative-time';

/** Who came last. */
@Component({
  selector: 'gh-latest-joins',
  imports: [Avatar, RelativeTime, TranslocoDirective],
  template: `
    <section class="card" *transloco="let t; prefix: 'overview.joins'">
      <h2>{{ t('heading') }}</h2>
      <ul>
        @for (row of rows(); track row.id) {
          <li>
            <gh-avatar [image]="row.avatar" [name]="row.name" />
            <span class="who">
              <b class="role-colored" [style.--role-color]="row.color">{{ row.name }}</b>
              <small>{{ row.username }}</small>
            </span>
            @if (row.joinedAt; as joinedAt) {
              <gh-time [at]="joinedAt" />
            }
          </li>
        } @empty {
          <li class="none">{{ t('none') }}</li>
        }
      </ul>
    </section>
  `,
  styles: `
    section {
      padding: 16px;
    }
    ul {
      display: grid;
      gap: 12px;
      margin-block-start: 12px;
    }
    li {
      --avatar-size: 32px;
      display: flex;
      align-items: center;
      gap: 10px;
    }
    .who {
      display: grid;
      flex: 1;
      min-inline-size: 0;
      line-height: 18px;
    }
    .who > * {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    small,
    gh-time,
    .none {
      color: var(--color-muted);
      font-size: 12px;
    }
  `,
})
export class LatestJoins {
  readonly members = input.required<readonly Member[]>();
  readonly directory = input.required<Directory>();
  readonly guildId = input.required<string>();

  protected readonly rows = computed(() =>
    this.members().map((member) => ({
      id: member.user.id,
      name: displayName(member.user, member),
      username: member.user.username,
      color: nameColor(member, this.directory()),
      joinedAt: member.joinedAt,
      avatar: avatarOf(member, this.guildId()),
    })),
  );
}

function avatarOf({ user, avatar }: Member, guildId: string): AvatarImage {
  if (avatar !== null) return { kind: 'member', id: user.id, hash: avatar, guildId };
  return { kind: 'user', id: user.id, hash: user.avatar };
}
