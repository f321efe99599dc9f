import { ActionRowBuilder, ButtonBuilder, ButtonStyle } from 'discord.js';

/**
 * A row of buttons that open addresses; empty where Discord would refuse them, because it takes no address without a domain,
 * such as that of a Guildhall on somebody's own machine.
 */
export function linkButtons(links: readonly { label: string; url: string }[]): ActionRowBuilder<ButtonBuilder>[] {
  const buttons = links
    .filter(({ url }) => new URL(url).hostname.includes('.'))
    .map(({ label, url }) => new ButtonBuilder().setStyle(ButtonStyle.Link).setLabel(label).setURL(url));
  return buttons.length === 0 ? [] : [new ActionRowBuilder<ButtonBuilder>().addComponents(buttons)];
}
