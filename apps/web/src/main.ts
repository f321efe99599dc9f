import { provideZonelessChangeDetection } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import {
  TitleStrategy,
  provideRouter,
  withComponentInputBinding,
  withInMemoryScrolling,
  withPreloading,
} from '@angular/router';
import { App } from './app/app';
import { PageTitle } from './app/i18n/page-title';
import { provideTranslations } from './app/i18n/translations';
import { PreloadOnHover } from './app/shell/preload-on-hover';
import { routes } from './app/routes';

void bootstrapApplication(App, {
  providers: [
    provideZonelessChangeDetection(),
    provideRouter(
      routes,
      withComponentInputBinding(),
      withPreloading(PreloadOnHover),
      withInMemoryScrolling({ scrollPositionRestoration: 'enabled' }),
    ),
    { provide: TitleStrategy, useExisting: PageTitle },
    ...provideTranslations(),
  ],
});
