import { Component, effect, inject, untracked } from '@angular/core';
import { Router, RouterOutlet } from '@angular/router';
import { Preferences } from './shell/preferences';
import { Session } from './session/session';

/** The root: whichever page the address names. */
@Component({
  selector: 'gh-root',
  imports: [RouterOutlet],
  template: `<router-outlet />`,
})
export class App {
  constructor() {
    inject(Preferences);
    const session = inject(Session);
    const router = inject(Router);
    let wasSignedIn = false;
    effect(() => {
      const { kind } = session.state();
      // Signed out here, in another tab or by the API: what was on screen is no longer ours to show.
      if (wasSignedIn && kind === 'signed-out') untracked(() => void router.navigateByUrl('/'));
      wasSignedIn = kind === 'signed-in';
    });
  }
}
