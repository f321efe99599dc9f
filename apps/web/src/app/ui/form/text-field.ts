import { Component, computed, input, model, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';

let instances = 0;

/** A labelled line of text, with its hint and with what is wrong with it. */
@Component({
  selector: 'gh-text-field',
  imports: [TranslocoDirective],
  template: `
    <label [for]="id">{{ label() }}</label>
    <input
      [id]="id"
      [type]="isShown() ? 'text' : type()"
      [autocomplete]="autocomplete()"
      [value]="value()"
      [readOnly]="isReadOnly()"
      [attr.maxlength]="maxLength()"
      [attr.aria-invalid]="error() ? true : null"
      [attr.aria-describedby]="description()"
      (input)="onInput($event)"
    />
    @if (type() === 'password') {
      <label class="show" *transloco="let t; prefix: 'forms'">
        <input type="checkbox" [checked]="isShown()" (change)="isShown.set(!isShown())" />{{ t('show') }}
      </label>
    }
    @if (error(); as error) {
      <small class="error" [id]="id + '-error'" role="alert">{{ error }}</small>
    } @else if (hint()) {
      <small [id]="id + '-hint'">{{ hint() }}</small>
    }
  `,
  styleUrl: './text-field.css',
})
export class TextField {
  readonly label = input.required<string>();
  readonly type = input<'text' | 'email' | 'password' | 'number'>('text');
  readonly autocomplete = input<'off' | 'email' | 'current-password' | 'new-password' | 'name'>('off');
  readonly hint = input<string>();
  readonly error = input<string | null>(null);
  readonly maxLength = input(254);
  readonly isReadOnly = input(false);
  readonly value = model.required<string>();
  protected readonly isShown = signal(false);
  protected readonly id = `field-${instances++}`;
  protected readonly description = computed(() => {
    if (this.error()) return `${this.id}-error`;
    return this.hint() ? `${this.id}-hint` : null;
  });

  protected onInput(event: Event): void {
    // Safe: the listener is on an input.
    this.value.set((event.target as HTMLInputElement).value);
  }
}
