import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { Session } from '../session/session';
import { Avatar, type AvatarImage } from '../ui/avatar';
import { Icon } from '../ui/icon';
import { PreferenceChoices } from './preference-choices';

let instances = 0;

/** Who I am, how Guildhall looks to me, and the way out. */
@Component({
  selector: 'gh-account-menu',
  imports: [Avatar, Icon, PreferenceChoices, RouterLink, TranslocoDirective],
  template: `
    @if (session.account(); as account) {
      <ng-container *transloco="let t; prefix: 'shell.account'">
        <button type="button" class="opener" [attr.popovertarget]="popoverId" [attr.aria-label]="t('open')">
          <gh-avatar [image]="avatar()" [name]="account.displayName" />
        </button>
        <div class="menu" popover [id]="popoverId" role="dialog" [attr.aria-label]="t('open')">
          <header>
            <gh-avatar [image]="avatar()" [name]="account.displayName" />
            <div>
              <b>{{ account.displayName }}</b>
              <small>{{ account.username }}</small>
            </div>
          </header>
          <gh-preference-choices />
          <a class="button quiet out" routerLink="/account"><gh-icon name="person" />{{ t('mine') }}</a>
          @if (account.role === 'ADMIN') {
            <a class="button quiet out" routerLink="/admin/accounts"><gh-icon name="admin" />{{ t('accounts') }}</a>
          }
          <button type="button" class="button quiet out" [disabled]="isLeaving()" (click)="signOut()">
            <gh-icon name="logout" />{{ t('signOut') }}
          </button>
        </div>
      </ng-container>
    }
  `,
  styles: `
    .opener {
      --avatar-size: 40px;
      display: grid;
      border-radius: 50%;
    }
    .menu {
      inset: auto auto 12px 80px;
      inline-size: 288px;
      margin: 0;
      padding: 16px;
      border: 1px solid var(--color-line);
      border-radius: 12px;
      background: var(--color-card);
      color: var(--color-text);
      box-shadow: 0 8px 32px rgb(0 0 0 / 24%);
    }
    .menu:popover-open {
      display: grid;
      gap: 14px;
    }
    header {
      display: flex;
      align-items: center;
      gap: 12px;
    }
    header div {
      display: grid;
      min-inline-size: 0;
      overflow-wrap: anywhere;
    }
    small {
      color: var(--color-muted);
    }
    .out {
      justify-content: flex-start;
    }
    @media (max-width: 640px) {
      .menu {
        inset-inline-start: 16px;
        inset-block-end: 64px;
      }
    }
  `,
})
export class AccountMenu {
  protected readonly session = inject(Session);
  protected readonly isLeaving = signal(false);
  protected readonly popoverId = `account-menu-${instances++}`;

  /** Accounts without Discord have no Discord image, and their own ids are no snowflakes. */
  protected readonly avatar = computed<AvatarImage>(() => {
    const account = this.session.account();
    const isDiscords = account?.discordId && !account.avatar?.startsWith('upload:');
    return { kind: 'user', id: account?.discordId ?? '0', hash: isDiscords ? account.avatar : null };
  });

  protected async signOut(): Promise<void> {
    this.isLeaving.set(true);
    await this.session.signOut();
  }
}
