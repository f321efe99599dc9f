import { z } from 'zod';
import { link, quoted, template } from './template.js';

/** Somebody is invited into a guild, with an account of its own rather than by Discord. */
export const invitation = template({
  values: z.object({ link, guildName: quoted, inviterName: quoted, expiresInDays: z.int().min(1) }),
  en: ({ guildName, inviterName, expiresInDays }) => ({
    subject: `Invitation to ${guildName}`,
    paragraphs: [`${inviterName} invites you to help with the Discord community “${guildName}” at Guildhall.`],
    button: 'Accept the invitation',
    footnote: `The link works once, for ${expiresInDays} ${expiresInDays === 1 ? 'day' : 'days'}. If you do not know what this is about, ignore this mail.`,
  }),
  fr: ({ guildName, inviterName, expiresInDays }) => ({
    subject: `Invitation dans ${guildName}`,
    paragraphs: [
      `${inviterName} vous invite à participer à la gestion de la communauté Discord « ${guildName} » dans Guildhall.`,
    ],
    button: 'Accepter l’invitation',
    footnote: `Le lien fonctionne une seule fois, pendant ${expiresInDays} ${expiresInDays === 1 ? 'jour' : 'jours'}. Si vous ne savez pas de quoi il s’agit, ignorez ce message.`,
  }),
});
