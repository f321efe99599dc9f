import { ProblemError, readProblem } from './problem-error';

export type QueryValues = Readonly<Record<string, string | number | undefined>>;

export interface ApiRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the origin, with its leading slash. */
  path: string;
  query?: QueryValues;
  body?: unknown;
  /** Of what is changed, as it was read. */
  version?: number;
  accessToken?: string;
  signal?: AbortSignal;
}

/**
 * Sends one request to the API of this origin and returns its JSON body.
 * @throws ProblemError with the API's problem, or `offline` when there was no answer
 */
export async function sendRequest<T>(request: ApiRequest): Promise<T> {
  const response = await answerTo(request);
  // The contract of a route is the same build's on both sides; an empty answer is only given where T is void.
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** Sends one request and returns the file that is the answer. @throws ProblemError as above */
export async function sendForFile(request: ApiRequest): Promise<Blob> {
  return (await answerTo(request)).blob();
}

async function answerTo(request: ApiRequest): Promise<Response> {
  const headers = new Headers({ accept: 'application/json' });
  if (request.body !== undefined) headers.set('content-type', 'application/json');
  if (request.version !== undefined) headers.set('if-match', `"${request.version}"`);
  if (request.accessToken) headers.set('authorization', `Bearer ${request.accessToken}`);

  let response: Response;
  try {
    response = await fetch(withQuery(request.path, request.query), {
      method: request.method,
      headers,
      body: request.body === undefined ? null : JSON.stringify(request.body),
      credentials: 'same-origin',
      signal: request.signal ?? null,
    });
  } catch (error) {
    throw new ProblemError('offline', null, { cause: error });
  }
  if (!response.ok) throw await readProblem(response);
  return response;
}

function withQuery(path: string, query: QueryValues = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, String(value));
  return parameters.size > 0 ? `${path}?${parameters}` : path;
}
