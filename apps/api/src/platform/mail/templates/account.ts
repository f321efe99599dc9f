import { z } from 'zod';
import { link, template } from './template.js';

const hours = z.int().min(1);
const minutes = z.int().min(1);

/** Somebody registered with this address. */
export const verifyEmail = template({
  values: z.object({ link, expiresInHours: hours }),
  en: ({ expiresInHours }) => ({
    subject: 'Confirm your e-mail address',
    paragraphs: ['An account at Guildhall was created with this address. Confirm that it is yours to use the account.'],
    button: 'Confirm address',
    footnote: `The link works once, for ${count(expiresInHours, 'hour')}. If you did not register, ignore this mail.`,
  }),
  fr: ({ expiresInHours }) => ({
    subject: 'Confirmez votre adresse e-mail',
    paragraphs: [
      'Un compte Guildhall a été créé avec cette adresse. Confirmez qu’elle est bien la vôtre pour utiliser ce compte.',
    ],
    button: 'Confirmer l’adresse',
    footnote: `Le lien fonctionne une seule fois, pendant ${count(expiresInHours, 'heure')}. Si vous ne vous êtes pas inscrit, ignorez ce message.`,
  }),
});

/** Somebody asked for a new password. */
export const resetPassword = template({
  values: z.object({ link, expiresInMinutes: minutes }),
  en: ({ expiresInMinutes }) => ({
    subject: 'Choose a new password',
    paragraphs: ['A new password was asked for your Guildhall account.'],
    button: 'Choose a password',
    footnote: `The link works once, for ${count(expiresInMinutes, 'minute')}. If you did not ask for it, ignore this mail: your password stays as it is.`,
  }),
  fr: ({ expiresInMinutes }) => ({
    subject: 'Choisissez un nouveau mot de passe',
    paragraphs: ['Un nouveau mot de passe a été demandé pour votre compte Guildhall.'],
    button: 'Choisir un mot de passe',
    footnote: `Le lien fonctionne une seule fois, pendant ${count(expiresInMinutes, 'minute')}. Si vous n’avez rien demandé, ignorez ce message : votre mot de passe reste inchangé.`,
  }),
});

/** The password is another one now; the link leads to where one asks for a new one. */
export const passwordChanged = template({
  values: z.object({ link }),
  en: () => ({
    subject: 'Your password was changed',
    paragraphs: ['The password of your Guildhall account was changed, and every other session was signed out.'],
    button: 'It was not me',
    footnote: 'If it was you, there is nothing to do. If not, choose a new password at once.',
  }),
  fr: () => ({
    subject: 'Votre mot de passe a été modifié',
    paragraphs: [
      'Le mot de passe de votre compte Guildhall a été modifié, et toutes les autres sessions ont été fermées.',
    ],
    button: 'Ce n’était pas moi',
    footnote: 'Si c’était vous, il n’y a rien à faire. Sinon, choisissez tout de suite un nouveau mot de passe.',
  }),
});

/** Somebody tried to register with an address that has an account; the link leads to the sign-in. */
export const accountExists = template({
  values: z.object({ link }),
  en: () => ({
    subject: 'You already have an account',
    paragraphs: ['Somebody tried to create a Guildhall account with this address, which already has one.'],
    button: 'Sign in',
    footnote: 'If it was you, sign in, or ask for a new password there. If not, ignore this mail: nothing has changed.',
  }),
  fr: () => ({
    subject: 'Vous avez déjà un compte',
    paragraphs: ['Quelqu’un a essayé de créer un compte Guildhall avec cette adresse, qui en a déjà un.'],
    button: 'Se connecter',
    footnote:
      'Si c’était vous, connectez-vous, ou demandez-y un nouveau mot de passe. Sinon, ignorez ce message : rien n’a changé.',
  }),
});

/** Too many wrong passwords; the link leads to where one asks for a new one. */
export const lockOutNotice = template({
  values: z.object({ link, lockedForMinutes: minutes }),
  en: ({ lockedForMinutes }) => ({
    subject: 'Sign-in to your account is locked for a while',
    paragraphs: [
      `A wrong password was given for your Guildhall account too often. Signing in with a password is not possible for ${count(lockedForMinutes, 'minute')}.`,
    ],
    button: 'Choose a new password',
    footnote:
      'If it was not you, somebody may be guessing your password; a long one that is used nowhere else is safe.',
  }),
  fr: ({ lockedForMinutes }) => ({
    subject: 'La connexion à votre compte est bloquée pour un moment',
    paragraphs: [
      `Un mot de passe erroné a été donné trop souvent pour votre compte Guildhall. La connexion par mot de passe est impossible pendant ${count(lockedForMinutes, 'minute')}.`,
    ],
    button: 'Choisir un nouveau mot de passe',
    footnote:
      'Si ce n’était pas vous, quelqu’un essaie peut-être de deviner votre mot de passe ; un mot de passe long et utilisé nulle part ailleurs est sûr.',
  }),
});

/** A number with its noun, in two languages that both add an s. */
function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
