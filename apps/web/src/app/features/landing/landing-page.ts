import { Component, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { Instance } from '../../api/instance';
import { PreferenceChoices } from '../../shell/preference-choices';
import { Icon } from '../../ui/icon';
import { FeedPreview } from './feed-preview';

const promises = [
  { id: 'local', icon: 'science' },
  { id: 'durable', icon: 'database' },
  { id: 'live', icon: 'bolt' },
  { id: 'yours', icon: 'shield' },
] as const;

/** What Guildhall is, and the way in. */
@Component({
  selector: 'gh-landing-page',
  imports: [FeedPreview, Icon, PreferenceChoices, RouterLink, TranslocoDirective],
  templateUrl: './landing-page.html',
  styleUrl: './landing-page.css',
})
export class LandingPage {
  protected readonly instance = inject(Instance);
  protected readonly promises = promises;
  /** Leaving for Discord takes a moment, in which a second click must not start a second sign-in. */
  protected readonly isLeaving = signal(false);
}
