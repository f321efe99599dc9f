import { container } from '@sapphire/framework';
import {
  ChatInputDeniedListener,
  ChatInputFailureListener,
  MessageFailureListener,
} from './commands/failure-listeners.js';
import { DashboardCommand } from './features/platform/commands/dashboard.js';
import { HelpCommand } from './features/platform/commands/help.js';
import { InfoCommand } from './features/platform/commands/info.js';
import { PingCommand } from './features/platform/commands/ping.js';
import { PrivacyCommand } from './features/platform/commands/privacy.js';

const commands = {
  ping: PingCommand,
  help: HelpCommand,
  info: InfoCommand,
  dashboard: DashboardCommand,
  privacy: PrivacyCommand,
};

/** Hands every piece to Sapphire by name: nothing depends on the folder the process was started in. */
export async function loadPieces(): Promise<void> {
  const { stores } = container;
  for (const [name, piece] of Object.entries(commands)) await stores.loadPiece({ store: 'commands', name, piece });
  // Named like Sapphire's own listeners, which only log, so that they take their places.
  await stores.loadPiece({ store: 'listeners', name: 'CoreChatInputCommandError', piece: ChatInputFailureListener });
  await stores.loadPiece({ store: 'listeners', name: 'CoreMessageCommandError', piece: MessageFailureListener });
  await stores.loadPiece({ store: 'listeners', name: 'ChatInputCommandDenied', piece: ChatInputDeniedListener });
}
