import { Component, computed, input } from '@angular/core';
import { iconPaths, type IconName } from './icon-paths';

/** A decorative icon; whatever it stands next to carries the words. */
@Component({
  selector: 'gh-icon',
  template: `<svg viewBox="0 -960 960 960" fill="currentColor" aria-hidden="true" focusable="false">
    <path [attr.d]="path()" />
  </svg>`,
  styles: `
    :host {
      display: inline-flex;
      flex: none;
      inline-size: var(--icon-size, 20px);
      block-size: var(--icon-size, 20px);
    }
  `,
})
export class Icon {
  readonly name = input.required<IconName>();
  protected readonly path = computed(() => iconPaths[this.name()]);
}
