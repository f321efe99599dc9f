import { createHash } from 'node:crypto';
import { type Avatar, MAX_AVATAR_BYTES } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import { type ChangeContext, Changes } from '../../platform/changes/changes.js';
import { FileStore, type StoredFile } from '../../platform/files/file-store.js';
import type { Actor } from '../../platform/identity/actor.js';
import type { AccountIdentity } from '../../platform/identity/identity.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { DomainError } from '../../platform/problems/domain-error.js';
import { avatarKey, avatarMediaType, uploadedAvatar, uploadedHash } from './avatar.rules.js';
import { deleteFiles } from './exports.jobs.js';
import { PrivacyRepository } from './privacy.repository.js';

const HASH_LENGTH = 32;

/** A picture as it is served. */
export interface ServedAvatar {
  file: StoredFile;
  /** Names these very bytes. */
  hash: string;
}

/** Pictures that people upload of themselves. */
@Injectable()
export class AvatarService {
  constructor(
    private readonly changes: Changes,
    private readonly repository: PrivacyRepository,
    private readonly files: FileStore,
    private readonly jobs: Jobs,
  ) {}

  /** @throws DomainError `unsupported-media-type` for anything but a PNG, JPEG or WebP picture */
  async put(account: AccountIdentity, bytes: unknown, actor: Actor): Promise<Avatar> {
    const contentType = Buffer.isBuffer(bytes) ? avatarMediaType(bytes) : null;
    if (!Buffer.isBuffer(bytes) || contentType === null)
      throw new DomainError('unsupported-media-type', { detail: 'Send a PNG, JPEG or WebP picture.' });
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, HASH_LENGTH);
    await this.files.put(`avatars/${account.accountId}/${hash}`, bytes, { contentType, maxBytes: MAX_AVATAR_BYTES });
    await this.changes.make((context) => this.change(context, { account, avatar: uploadedAvatar(hash), actor }));
    return { url: `/api/auth/me/avatar?v=${hash}` };
  }

  /** Does nothing where the picture is not an uploaded one. */
  async remove(account: AccountIdentity, actor: Actor): Promise<void> {
    if (uploadedHash(await this.repository.findAvatar(account.accountId)) === null) return;
    await this.changes.make((context) => this.change(context, { account, avatar: null, actor }));
  }

  /** @throws DomainError `not-found` where there is no uploaded picture */
  async open(accountId: string): Promise<ServedAvatar> {
    const avatar = await this.repository.findAvatar(accountId);
    const [key, hash] = [avatarKey(accountId, avatar), uploadedHash(avatar)];
    const file = key === null ? null : await this.files.get(key);
    if (!file || hash === null) throw new DomainError('not-found', { detail: 'You have not uploaded a picture.' });
    return { file, hash };
  }

  private async change(
    { transaction, audit }: ChangeContext,
    { account, avatar, actor }: { account: AccountIdentity; avatar: string | null; actor: Actor },
  ): Promise<void> {
    const { accountId, discordId } = account;
    const before = await this.repository.setAvatar(transaction, accountId, avatar);
    const replaced = before === avatar ? null : avatarKey(accountId, before);
    if (replaced !== null) await this.jobs.send(transaction, deleteFiles, { fileKeys: [replaced] });
    audit({
      action: 'account.updated',
      guildId: null,
      actor,
      target: { id: accountId, accountId, ...(discordId && { discordId }) },
      before: { avatar: before },
      after: { avatar },
    });
  }
}
