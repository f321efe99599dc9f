import { Injectable, inject } from '@angular/core';
import { AccessTokens } from '../session/access-tokens';
import { ProblemError } from './problem-error';
import { sendForFile, sendRequest, type ApiRequest, type QueryValues } from './send-request';

/** Sends requests on behalf of whoever is signed in. */
@Injectable({ providedIn: 'root' })
export class ApiClient {
  private readonly tokens = inject(AccessTokens);

  get<T>(path: string, query: QueryValues = {}, signal?: AbortSignal): Promise<T> {
    return this.send<T>({ method: 'GET', path, query, ...(signal && { signal }) });
  }

  post<T>(path: string, body: unknown = {}): Promise<T> {
    return this.send<T>({ method: 'POST', path, body });
  }

  /** @param version as it was read; a change that somebody made since then is not overwritten (`version-mismatch`) */
  patch<T>(path: string, body: unknown, version?: number): Promise<T> {
    return this.send<T>({ method: 'PATCH', path, body, ...(version !== undefined && { version }) });
  }

  put<T>(path: string, body: unknown, version?: number): Promise<T> {
    return this.send<T>({ method: 'PUT', path, body, ...(version !== undefined && { version }) });
  }

  delete<T>(path: string, body?: unknown): Promise<T> {
    return this.send<T>({ method: 'DELETE', path, ...(body !== undefined && { body }) });
  }

  download(path: string): Promise<Blob> {
    return this.withToken((accessToken) => sendForFile({ method: 'GET', path, accessToken }));
  }

  private send<T>(request: ApiRequest): Promise<T> {
    return this.withToken((accessToken) => sendRequest<T>({ ...request, accessToken }));
  }

  /** A token refused although it looked fresh is renewed once: the clock may be wrong, or the key rotated. */
  private async withToken<T>(send: (accessToken: string) => Promise<T>): Promise<T> {
    const accessToken = await this.tokens.keeper.current();
    try {
      return await send(accessToken);
    } catch (error) {
      if (!isRefusedToken(error)) throw error;
      return send(await this.tokens.keeper.renew(accessToken));
    }
  }
}

function isRefusedToken(error: unknown): boolean {
  return error instanceof ProblemError && (error.code === 'token-expired' || error.code === 'unauthenticated');
}
