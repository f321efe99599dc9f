import { Pipe, inject, type PipeTransform } from '@angular/core';
import { Translations } from '../i18n/translations';

/** A count in the reader's digits and separators. */
@Pipe({ name: 'wholeNumber', pure: false })
export class WholeNumber implements PipeTransform {
  private readonly translations = inject(Translations);

  transform(value: number): string {
    return new Intl.NumberFormat(this.translations.locale(), { maximumFractionDigits: 0 }).format(value);
  }
}
