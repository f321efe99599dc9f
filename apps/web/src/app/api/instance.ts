import { Injectable, computed, signal } from '@angular/core';
import { asProblemError } from './problem-error';
import { sendRequest } from './send-request';

/** What `GET /api/instance` tells everybody about this installation. */
interface InstanceFacts {
  version: string;
  /** True when Discord is the local simulator. */
  isSimulated: boolean;
  simulatorUrl: string | null;
  discordClientId: string | null;
}

const DISCORD_CDN = 'https://cdn.discordapp.com';

/** Permissions the bot asks for: view channels, read history, send messages, embed links. */
const INVITE_PERMISSIONS = '84992';

/** Facts about this installation. */
@Injectable({ providedIn: 'root' })
export class Instance {
  private readonly current = signal<InstanceFacts | null>(null);

  readonly facts = this.current.asReadonly();
  /** Where images of users and guilds come from. */
  readonly cdnUrl = computed(() => this.current()?.simulatorUrl ?? DISCORD_CDN);
  /** The page on which an administrator adds the bot to a guild; null in the demo, whose guilds have it. */
  readonly inviteUrl = computed(() => {
    const facts = this.current();
    if (!facts?.discordClientId || facts.isSimulated) return null;
    const query = new URLSearchParams({
      client_id: facts.discordClientId,
      scope: 'bot applications.commands',
      permissions: INVITE_PERMISSIONS,
    });
    return `https://discord.com/oauth2/authorize?${query}`;
  });

  constructor() {
    void this.load();
  }

  private async load(): Promise<void> {
    try {
      this.current.set(await sendRequest<InstanceFacts>({ method: 'GET', path: '/api/instance' }));
    } catch (error) {
      // Nothing depends on these facts but the demo line and the invite link; whatever is wrong shows up elsewhere.
      if (asProblemError(error).code !== 'offline') this.current.set(null);
    }
  }
}
