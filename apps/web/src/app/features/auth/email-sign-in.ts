import { Injectable, inject } from '@angular/core';
import type { InvitationPreview, Tokens } from '@guildhall/contracts';
import { sendRequest } from '../../api/send-request';
import { Session } from '../../session/session';

/** What people without a session can ask of the API about their e-mail account. */
@Injectable({ providedIn: 'root' })
export class EmailSignIn {
  private readonly session = inject(Session);

  /** @throws ProblemError `sign-in-failed`, `sign-in-locked`, `email-not-verified` */
  async signIn(email: string, password: string): Promise<void> {
    await this.session.begin(await this.post<Tokens>('login', { email, password, session: 'cookie' }));
  }

  /** The answer is the same whether or not the address is known. */
  async register(account: {
    email: string;
    password: string;
    displayName: string;
    invitation?: string;
  }): Promise<void> {
    await this.post('register', account);
  }

  async verify(token: string): Promise<void> {
    await this.post('verify-email', { token });
  }

  async forgotPassword(email: string): Promise<void> {
    await this.post('forgot-password', { email });
  }

  async resetPassword(token: string, password: string): Promise<void> {
    await this.post('reset-password', { token, password });
  }

  readInvitation(token: string): Promise<InvitationPreview> {
    return sendRequest<InvitationPreview>({ method: 'GET', path: '/api/invitations/preview', query: { token } });
  }

  private post<T>(action: string, body: unknown): Promise<T> {
    return sendRequest<T>({ method: 'POST', path: `/api/auth/${action}`, body });
  }
}
