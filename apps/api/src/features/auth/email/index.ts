import { AccountMails } from './account-mails.js';
import { EmailAccounts } from './email-accounts.js';
import { EmailAdditionJob } from './email-addition.job.js';
import { EmailAdditions } from './email-additions.js';
import { EmailCredentialsRepository } from './email-credentials.repository.js';
import { EmailPages } from './email-pages.js';
import { EmailSignInController } from './email-sign-in.controller.js';
import { EmailSignIn } from './email-sign-in.service.js';
import { EmailVerifications } from './email-verifications.js';
import { ForgottenPasswords } from './forgotten-passwords.js';
import { InvitedRegistrations } from './invited-registrations.js';
import { LockOuts } from './lock-outs.js';
import { MailedLinksController } from './mailed-links.controller.js';
import { MailedRequests } from './mailed-requests.js';
import { OneTimeLinksRepository } from './one-time-links.repository.js';
import { OneTimeLinks } from './one-time-links.js';
import { OwnEmailController } from './own-email.controller.js';
import { OwnPassword } from './own-password.js';
import { PasswordChanges } from './password-changes.js';
import { PasswordGuesses } from './password-guesses.js';
import { PasswordResets } from './password-resets.js';
import { Passwords } from './passwords.js';
import { RecentProof } from './recent-proof.js';
import { RegistrationJob } from './registration.job.js';
import { Registrations } from './registrations.js';

export const emailControllers = [EmailSignInController, MailedLinksController, OwnEmailController];

export const emailProviders = [
  AccountMails,
  EmailAccounts,
  EmailAdditionJob,
  EmailAdditions,
  EmailCredentialsRepository,
  EmailPages,
  EmailSignIn,
  EmailVerifications,
  ForgottenPasswords,
  InvitedRegistrations,
  LockOuts,
  MailedRequests,
  OneTimeLinks,
  OneTimeLinksRepository,
  OwnPassword,
  PasswordChanges,
  PasswordGuesses,
  PasswordResets,
  Passwords,
  RecentProof,
  RegistrationJob,
  Registrations,
];
