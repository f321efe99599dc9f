import { Injectable, inject } from '@angular/core';
import { AccessTokens } from '../session/access-tokens';
import { ProblemError } from './problem-error';
import { sendRequest, type ApiRequest, type QueryValues } from './send-request';

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

  patch<T>(path: string, body: unknown): Promise<T> {
    return this.send<T>({ method: 'PATCH', path, body });
  }

  /** A token refused although it looked fresh is renewed once: the clock may be wrong, or the key rotated. */
  private async send<T>(request: ApiRequest): Promise<T> {
    const accessToken = await this.tokens.keeper.current();
    try {
      return await sendRequest<T>({ ...request, accessToken });
    } catch (error) {
      if (!isRefusedToken(error)) throw error;
      return sendRequest<T>({ ...request, accessToken: await this.tokens.keeper.renew(accessToken) });
    }
  }
}

function isRefusedToken(error: unknown): boolean {
  return error instanceof ProblemError && (error.code === 'token-expired' || error.code === 'unauthenticated');
}
