import type { Routes } from '@angular/router';
import { signedInGuard, signedOutGuard } from './session/guards';

/** Titles are translation keys. */
export const routes: Routes = [
  {
    path: '',
    pathMatch: 'full',
    canActivate: [signedOutGuard],
    title: 'titles.landing',
    loadComponent: async () => (await import('./features/landing/landing-page')).LandingPage,
  },
  {
    path: 'auth/callback',
    title: 'titles.callback',
    loadComponent: async () => (await import('./features/auth/callback-page')).CallbackPage,
  },
  {
    path: 'guilds',
    canActivate: [signedInGuard],
    loadComponent: async () => (await import('./shell/frame')).Frame,
    children: [
      {
        path: '',
        title: 'titles.guilds',
        loadComponent: async () => (await import('./features/guilds/guilds-page')).GuildsPage,
      },
      { path: ':guildId', pathMatch: 'full', redirectTo: ':guildId/overview' },
      {
        path: ':guildId/overview',
        title: 'titles.overview',
        data: { preloadAs: 'overview' },
        loadComponent: async () => (await import('./features/overview/overview-page')).OverviewPage,
      },
      {
        path: '**',
        title: 'titles.notFound',
        loadComponent: async () => (await import('./shell/not-found-page')).NotFoundPage,
      },
    ],
  },
  {
    path: '**',
    title: 'titles.notFound',
    loadComponent: async () => (await import('./shell/not-found-page')).NotFoundPage,
  },
];
