import { CAPABILITIES, type Capability } from './capabilities.js';

/** What a module brings to a guild; a switched-off module registers no commands, shows no pages and stores nothing. */
export interface ModuleDefinition {
  /** Stable id, also the key of its name in the locale files. */
  id: string;
  /** The platform itself cannot be switched off. */
  isOptional: boolean;
  capabilities: readonly Capability[];
  /** Names of the bot's commands. */
  commands: readonly string[];
  /** Paths of the dashboard's pages, below `/guilds/:guildId`. */
  pages: readonly string[];
  /** Days after which the module's data is deleted, per kind of data; null keeps it until the guild is deleted. */
  retentionDays: Readonly<Record<string, number | null>>;
}

/** The one list of modules; everything that differs per module is looked up here. */
export const modules = [
  {
    id: 'platform',
    isOptional: false,
    capabilities: CAPABILITIES,
    commands: ['ping', 'help', 'info', 'dashboard', 'privacy'],
    pages: ['overview'],
    retentionDays: { messages: 90, members: null },
  },
] as const satisfies readonly ModuleDefinition[];

export type ModuleId = (typeof modules)[number]['id'];
