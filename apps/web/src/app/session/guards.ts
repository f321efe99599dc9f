import { inject } from '@angular/core';
import { Router, type CanActivateFn } from '@angular/router';
import { rememberReturnPath } from './return-path';
import { Session } from './session';

/** Lets people in who are signed in, or might be: the frame itself shows that the API cannot be reached. */
export const signedInGuard: CanActivateFn = async (_route, { url }) => {
  const session = inject(Session);
  const router = inject(Router);
  await session.restore();
  if (session.state().kind !== 'signed-out') return true;
  rememberReturnPath(url);
  return router.createUrlTree(['/']);
};

/** Sends people who are signed in past the landing page. */
export const signedOutGuard: CanActivateFn = async () => {
  const session = inject(Session);
  const router = inject(Router);
  await session.restore();
  return session.state().kind === 'signed-in' ? router.createUrlTree(['/guilds']) : true;
};
