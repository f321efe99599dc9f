const TIMEOUT_MS = 10_000;
/** Against storms: Discord tells how long to wait, and the doctor waits so many times. */
const MAX_WAITS = 5;

/** Discord's refusal, or its silence (status 0). */
export class DiscordRefusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = 'DiscordRefusal';
  }
}

/** Reads from Discord's API as a bot. */
export class DiscordReader {
  constructor(
    private readonly apiUrl: string,
    private readonly token: string,
  ) {}

  /**
   * @returns the answer, and what Discord's clock showed
   * @throws DiscordRefusal
   */
  async read<T>(path: string): Promise<{ body: T; date: Date | null }> {
    const response = await this.fetch(path, { headers: { authorization: `Bot ${this.token}` } });
    const body = (await response.json().catch(() => ({}))) as { message?: string };
    if (!response.ok) throw new DiscordRefusal(response.status, `${response.status} ${body.message ?? ''}`.trim());
    const date = response.headers.get('date');
    // The doctor reads fields that Discord documents for this path.
    return { body: body as T, date: date === null ? null : new Date(date) };
  }

  /** Asks for a token of the application for itself: whatever else Discord may object to, it looks at the secret first. */
  async acceptsSecret(clientId: string, clientSecret: string): Promise<boolean> {
    const credentials = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
    const response = await this.fetch('/oauth2/token', {
      method: 'POST',
      headers: { authorization: `Basic ${credentials}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'identify' }),
    });
    return response.status !== 401;
  }

  private async fetch(path: string, init: RequestInit): Promise<Response> {
    for (let waits = 0; ; waits++) {
      const response = await this.fetchOnce(path, init);
      if (response.status !== 429 || waits === MAX_WAITS) return response;
      const seconds = Number(response.headers.get('retry-after') ?? 1);
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    }
  }

  private async fetchOnce(path: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(`${this.apiUrl}/v10${path}`, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    } catch (error) {
      const { message, cause } = error as Error;
      throw new DiscordRefusal(0, cause instanceof Error && cause.message ? cause.message : message);
    }
  }
}
