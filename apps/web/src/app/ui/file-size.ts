import { Pipe, inject, type PipeTransform } from '@angular/core';
import { Translations } from '../i18n/translations';

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** A number of bytes in the unit people would say it in. */
@Pipe({ name: 'fileSize', pure: false })
export class FileSize implements PipeTransform {
  private readonly translations = inject(Translations);

  transform(sizeBytes: number): string {
    const step = Math.min(Math.floor(Math.log10(Math.max(sizeBytes, 1)) / 3), units.length - 1);
    const format = new Intl.NumberFormat(this.translations.locale(), {
      style: 'unit',
      unit: units[step] ?? 'byte',
      unitDisplay: 'short',
      maximumFractionDigits: step === 0 ? 0 : 1,
    });
    return format.format(sizeBytes / 1000 ** step);
  }
}
