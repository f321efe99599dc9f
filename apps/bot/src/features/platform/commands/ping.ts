import { pingSchema } from '@guildhall/contracts';
import type { Command } from '@sapphire/framework';
import { container } from '@sapphire/framework';
import type { CommandCall } from '../../../commands/command-call.js';
import { GuildhallCommand } from '../../../commands/guildhall-command.js';
import { translator } from '../../../i18n.js';
import { pingEmbed } from '../ping-embed.js';

/** Shows the latency of every hop from the bot to the database and back to Discord. */
export class PingCommand extends GuildhallCommand {
  constructor(context: Command.LoaderContext) {
    super(context, { name: 'ping' });
  }

  protected override async run(call: CommandCall): Promise<void> {
    const { api, botId } = container;
    const startedAtMs = performance.now();
    const path = `/api/gateway/ping?botId=${encodeURIComponent(botId)}`;
    const ping = await call.patiently(api.get(path, pingSchema, call.context));
    const toApiMs = performance.now() - startedAtMs;
    await call.answer({ embeds: [pingEmbed(ping, toApiMs, translator(call.locale))] });
  }
}
