import { Component, inject, input, linkedSignal, resource, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { GuildSettings, MessageContentMode, UpdateGuildSettings } from '@guildhall/contracts';
import { ApiClient } from '../../api/api-client';
import { failureOf } from '../../api/failure-of';
import { reloadOnChange } from '../../realtime/reload-on-change';
import { localeNames } from '../../i18n/locales';
import { FormProblem } from '../../ui/form/form-problem';
import { Submission } from '../../ui/form/submission';
import { TextField } from '../../ui/form/text-field';
import { ProblemView } from '../../ui/problem-view';
import { Skeleton } from '../../ui/skeleton';

const contentModes: readonly MessageContentMode[] = ['off', 'metadata', 'full'];

/** What the administrators of a guild choose. */
@Component({
  selector: 'gh-settings-page',
  imports: [FormProblem, ProblemView, Skeleton, TextField, TranslocoDirective],
  templateUrl: './settings-page.html',
})
export class SettingsPage {
  readonly guildId = input.required<string>();
  private readonly api = inject(ApiClient);
  protected readonly submission = new Submission();
  protected readonly isSaved = signal(false);
  private readonly isChanged = signal(false);
  protected readonly locales = Object.entries(localeNames);
  protected readonly contentModes = contentModes;
  protected readonly timeZones = Intl.supportedValuesOf('timeZone');
  protected readonly settings = resource({
    params: () => this.path(),
    loader: ({ params, abortSignal }) => this.api.get<GuildSettings>(params, {}, abortSignal),
  });
  protected readonly failure = failureOf(this.settings);
  /** As the form shows it; a text for the retention, where nothing means for ever. */
  protected readonly draft = linkedSignal(() => {
    const { prefix, locale, timeZone, messageContent, messageRetentionDays } = this.settings.hasValue()
      ? this.settings.value()
      : { prefix: '', locale: null, timeZone: 'UTC', messageContent: 'metadata' as const, messageRetentionDays: null };
    return { prefix, locale: locale ?? '', timeZone, messageContent, retention: String(messageRetentionDays ?? '') };
  });

  constructor() {
    reloadOnChange(this.guildId, ['settings'], () => this.onChangedElsewhere());
  }

  protected change(part: Partial<ReturnType<typeof this.draft>>): void {
    this.isSaved.set(false);
    this.isChanged.set(true);
    this.draft.update((draft) => ({ ...draft, ...part }));
  }

  protected valueOf(event: Event): string {
    // Safe: the listeners are on selects.
    return (event.target as HTMLSelectElement).value;
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    const { locale, retention, ...rest } = this.draft();
    const change = {
      ...rest,
      locale: locale === '' ? null : locale,
      messageRetentionDays: retention.trim() === '' ? null : Number(retention),
    } as UpdateGuildSettings;
    const version = this.settings.value()?.version;
    this.isSaved.set(
      await this.submission.run(async () => {
        this.settings.set(await this.api.patch<GuildSettings>(this.path(), change, version));
        this.isChanged.set(false);
      }),
    );
  }

  protected changeContent(event: Event): void {
    // Safe: the options are the modes.
    this.change({ messageContent: this.valueOf(event) as MessageContentMode });
  }

  /** What somebody is writing stays; saving it says that there is something newer. */
  private onChangedElsewhere(): void {
    if (!this.isChanged()) this.settings.reload();
  }

  private path(): string {
    return `/api/guilds/${this.guildId()}/settings`;
  }
}
