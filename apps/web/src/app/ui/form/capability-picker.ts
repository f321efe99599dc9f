import { Component, input, model } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { Capability } from '@guildhall/contracts';
import { capabilityKey } from '../capability-key';

/** Which capabilities somebody or something is to have. */
@Component({
  selector: 'gh-capability-picker',
  imports: [TranslocoDirective],
  template: `
    <fieldset *transloco="let t">
      <legend>{{ label() }}</legend>
      @for (capability of offered(); track capability) {
        <label>
          <input type="checkbox" [checked]="chosen().includes(capability)" (change)="toggle(capability)" />
          {{ t(keyOf(capability)) }}
        </label>
      }
    </fieldset>
  `,
  styles: `
    fieldset {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(200px, 1fr));
      gap: 6px 16px;
    }
    legend {
      margin-block-end: 6px;
      font-weight: 600;
    }
    label {
      display: flex;
      align-items: center;
      gap: 8px;
    }
  `,
})
export class CapabilityPicker {
  readonly label = input.required<string>();
  /** Nobody gives what they do not hold. */
  readonly offered = input.required<readonly Capability[]>();
  readonly chosen = model.required<readonly Capability[]>();
  protected readonly keyOf = capabilityKey;

  protected toggle(capability: Capability): void {
    this.chosen.update((chosen) =>
      chosen.includes(capability) ? chosen.filter((other) => other !== capability) : [...chosen, capability],
    );
  }
}
