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
    path: 'auth/sign-in',
    title: 'titles.signIn',
    loadComponent: async () => (await import('./features/auth/sign-in-page')).SignInPage,
  },
  {
    path: 'auth/register',
    title: 'titles.register',
    loadComponent: async () => (await import('./features/auth/register-page')).RegisterPage,
  },
  {
    path: 'auth/verify-email',
    title: 'titles.verifyEmail',
    loadComponent: async () => (await import('./features/auth/verify-email-page')).VerifyEmailPage,
  },
  {
    path: 'auth/forgot-password',
    title: 'titles.forgotPassword',
    loadComponent: async () => (await import('./features/auth/forgot-password-page')).ForgotPasswordPage,
  },
  {
    path: 'auth/reset-password',
    title: 'titles.resetPassword',
    loadComponent: async () => (await import('./features/auth/reset-password-page')).ResetPasswordPage,
  },
  {
    path: 'invitation',
    title: 'titles.invitation',
    loadComponent: async () => (await import('./features/auth/invitation-page')).InvitationPage,
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
        path: ':guildId/settings',
        title: 'titles.settings',
        loadComponent: async () => (await import('./features/settings/settings-page')).SettingsPage,
      },
      {
        path: ':guildId/access',
        title: 'titles.access',
        loadComponent: async () => (await import('./features/access/access-page')).AccessPage,
      },
      {
        path: ':guildId/api-keys',
        title: 'titles.apiKeys',
        loadComponent: async () => (await import('./features/api-keys/api-keys-page')).ApiKeysPage,
      },
      {
        path: ':guildId/audit',
        title: 'titles.audit',
        loadComponent: async () => (await import('./features/audit/audit-page')).AuditPage,
      },
      {
        path: ':guildId/failures',
        title: 'titles.failures',
        loadComponent: async () => (await import('./features/failures/failures-page')).FailuresPage,
      },
      {
        path: '**',
        title: 'titles.notFound',
        loadComponent: async () => (await import('./shell/not-found-page')).NotFoundPage,
      },
    ],
  },
  {
    path: 'account',
    canActivate: [signedInGuard],
    loadComponent: async () => (await import('./shell/frame')).Frame,
    children: [
      {
        path: '',
        title: 'titles.account',
        loadComponent: async () => (await import('./features/account/account-page')).AccountPage,
      },
    ],
  },
  {
    path: 'admin/accounts',
    canActivate: [signedInGuard],
    loadComponent: async () => (await import('./shell/frame')).Frame,
    children: [
      {
        path: '',
        title: 'titles.accounts',
        loadComponent: async () => (await import('./features/admin/accounts-page')).AccountsPage,
      },
    ],
  },
  {
    path: '**',
    title: 'titles.notFound',
    loadComponent: async () => (await import('./shell/not-found-page')).NotFoundPage,
  },
];
