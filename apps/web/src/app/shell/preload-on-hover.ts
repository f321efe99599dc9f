import { Injectable } from '@angular/core';
import type { PreloadingStrategy, Route } from '@angular/router';
import { EMPTY, Subject, filter, mergeMap, take, type Observable } from 'rxjs';

/** Loads a page's code when somebody points at a link to it, before they click. */
@Injectable({ providedIn: 'root' })
export class PreloadOnHover implements PreloadingStrategy {
  private readonly requests = new Subject<string>();

  preload(route: Route, load: () => Observable<unknown>): Observable<unknown> {
    const name: unknown = route.data?.['preloadAs'];
    if (typeof name !== 'string') return EMPTY;
    return this.requests.pipe(
      filter((requested) => requested === name),
      take(1),
      mergeMap(load),
    );
  }

  /** Loads the route whose `data.preloadAs` is `name`. */
  request(name: string): void {
    this.requests.next(name);
  }
}
