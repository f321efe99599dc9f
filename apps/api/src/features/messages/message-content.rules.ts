import type { MessageContentMode } from '@guildhall/contracts';
import type { GuildMessage } from './message-merge.rules.js';

/** What of a message is stored in a mode: all of it, that it was written, or nothing. */
export function reducedTo(mode: MessageContentMode, told: GuildMessage): GuildMessage | null {
  switch (mode) {
    case 'full':
      return told;
    case 'metadata':
      return { ...told, message: { ...told.message, content: null, attachments: [] } };
    case 'off':
      return null;
  }
}
