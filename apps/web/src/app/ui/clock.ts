import { DestroyRef, Injectable, inject, signal } from '@angular/core';

const TICK_MS = 20_000;

/** One slow clock for everything on screen that says how long ago something was. */
@Injectable({ providedIn: 'root' })
export class Clock {
  private readonly current = signal(new Date());
  readonly now = this.current.asReadonly();

  constructor() {
    const timer = setInterval(() => this.current.set(new Date()), TICK_MS);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }
}
