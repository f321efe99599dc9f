import { Component, computed, inject, input } from '@angular/core';
import { Translations } from '../i18n/translations';
import { Clock } from './clock';
import { exactTime, relativeTime } from './time-text';

/** An instant in words, with its exact time on hover. */
@Component({
  selector: 'gh-time',
  template: `<time [attr.datetime]="at()" [title]="exact()">{{ relative() }}</time>`,
})
export class RelativeTime {
  /** ISO 8601. */
  readonly at = input.required<string>();
  private readonly locale = inject(Translations).locale;
  private readonly clock = inject(Clock);

  protected readonly relative = computed(() => relativeTime(new Date(this.at()), this.clock.now(), this.locale()));
  protected readonly exact = computed(() => exactTime(new Date(this.at()), this.locale()));
}
