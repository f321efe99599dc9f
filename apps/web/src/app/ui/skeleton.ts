import { Component, computed, input } from '@angular/core';

/** Grey shapes in place of what is loading. They wait 150 ms, so that a fast answer never flickers. */
@Component({
  selector: 'gh-skeleton',
  template: `
    @for (row of shapes(); track row) {
      <span class="row">
        <span class="circle"></span>
        <span class="lines"><span></span><span></span></span>
      </span>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 20px;
      padding: 16px;
      opacity: 0;
      animation: appear 160ms 150ms ease-out forwards;
    }
    .row {
      display: flex;
      gap: 12px;
    }
    .circle {
      flex: none;
      inline-size: 40px;
      block-size: 40px;
      border-radius: 50%;
    }
    .lines {
      display: grid;
      flex: 1;
      gap: 8px;
      align-content: center;
    }
    .lines span {
      block-size: 10px;
      inline-size: 32%;
      border-radius: 5px;
    }
    .lines span + span {
      inline-size: 72%;
    }
    .circle,
    .lines span {
      background: var(--color-raised);
    }
    @keyframes appear {
      to {
        opacity: 1;
      }
    }
  `,
  host: { 'aria-hidden': 'true' },
})
export class Skeleton {
  readonly rows = input(4);
  protected readonly shapes = computed(() => Array.from({ length: this.rows() }, (_, index) => index));
}
