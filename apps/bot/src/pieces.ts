import { container } from '@sapphire/framework';
import {
  ChatInputDeniedListener,
  ChatInputFailureListener,
  MessageFailureListener,
} from './commands/failure-listeners.js';
import { PingCommand } from './features/platform/commands/ping.js';

/** Hands every piece to Sapphire by name: nothing depends on the folder the process was started in. */
export async function loadPieces(): Promise<void> {
  const { stores } = container;
  await stores.loadPiece({ store: 'commands', name: 'ping', piece: PingCommand });
  // Named like Sapphire's own listeners, which only log, so that they take their places.
  await stores.loadPiece({ store: 'listeners', name: 'CoreChatInputCommandError', piece: ChatInputFailureListener });
  await stores.loadPiece({ store: 'listeners', name: 'CoreMessageCommandError', piece: MessageFailureListener });
  await stores.loadPiece({ store: 'listeners', name: 'ChatInputCommandDenied', piece: ChatInputDeniedListener });
}
