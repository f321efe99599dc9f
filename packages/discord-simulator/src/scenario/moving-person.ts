import { ChannelType } from 'discord-api-types/v10';
import type { ChannelRecord, Guild, InviteRecord, PresenceRecord } from '../state/model.js';
import { isThread } from '../views/threads.js';
import type { Named } from './names.js';
import { ReactingPerson } from './reacting-person.js';

const VOICE: readonly number[] = [ChannelType.GuildVoice, ChannelType.GuildStageVoice];

/** Where a person goes: guilds, voice channels, threads. */
export class MovingPerson extends ReactingPerson {
  /** Enters a voice channel or a thread, follows an invite by its code, or joins a guild. */
  async joins(target: Named | InviteRecord): Promise<void> {
    const code = this.inviteCode(target);
    if (code !== undefined) return this.followsInvite(code);
    const named = target as Named;
    const guild = this.guildNamed(named);
    if (guild) return this.joinsGuild(guild);
    const channel = this.channelFor(named, 'join');
    if (isThread(channel)) return this.stage.act(() => this.stage.control.joinThread(channel.id, this.id));
    this.joinsVoice(channel);
  }

  private inviteCode(target: Named | InviteRecord): string | undefined {
    if (typeof target === 'object') return 'code' in target ? target.code : undefined;
    for (const { invites } of this.world.guilds.values()) if (invites.has(target)) return target;
    return undefined;
  }

  private guildNamed(named: Named): Guild | undefined {
    const guilds = [...this.world.guilds.values()];
    return guilds.find(({ id, name }) => (typeof named === 'string' ? [id, name].includes(named) : named.id === id));
  }

  private followsInvite(code: string): void {
    const guild = [...this.world.guilds.values()].find(({ invites }) => invites.has(code));
    if (guild?.bans.has(this.id)) throw this.impossible(`follow the invite ${code}`, `banned from ${guild.name}`);
    this.stage.act(() => this.stage.control.followInvite(this.id, code));
  }

  private joinsGuild(guild: Guild): void {
    if (guild.bans.has(this.id)) throw this.impossible(`join ${guild.name}`, 'banned from it');
    this.stage.act(() => this.stage.control.addMember(guild.id, this.id));
  }

  private joinsVoice(channel: ChannelRecord): void {
    const name = this.stage.names.nameOf(channel);
    if (!VOICE.includes(channel.type)) throw this.impossible(`join ${name}`, 'it is neither voice nor a thread');
    this.require(channel, 'Connect', 'connect');
    const guild = this.world.guilds.get(channel.guildId ?? '');
    const inside = [...(guild?.voiceStates.values() ?? [])].filter(
      (it) => it.channelId === channel.id && it.userId !== this.id,
    );
    const limit = channel.userLimit ?? 0;
    if (limit > 0 && inside.length >= limit && !this.may(channel, 'MoveMembers'))
      throw this.impossible(`join ${name}`, `it is full with ${limit} people`);
    this.stage.act(() => this.stage.control.joinVoice(channel.id, this.id));
  }

  /** Leaves a guild, a thread, or the voice channel they are in. */
  async leaves(target: Named): Promise<void> {
    const guild = this.guildNamed(target);
    if (guild) return this.leavesGuild(guild);
    const channel = this.channelFor(target, 'leave');
    if (isThread(channel)) return this.stage.act(() => this.stage.control.leaveThread(channel.id, this.id));
    const home = this.world.guilds.get(channel.guildId ?? '');
    if (home?.voiceStates.get(this.id)?.channelId !== channel.id)
      throw this.impossible(`leave ${this.stage.names.nameOf(channel)}`, 'not in it');
    this.stage.act(() => this.stage.control.leaveVoice(home.id, this.id));
  }

  private leavesGuild(guild: Guild): void {
    this.requireMember(guild);
    if (guild.ownerId === this.id) throw this.impossible(`leave ${guild.name}`, 'its owner has to hand it over first');
    this.stage.act(() => this.stage.control.removeMember(guild.id, this.id));
  }

  /** Makes an invite. */
  async invites({
    to,
    maxUses,
    maxAgeSeconds,
  }: {
    to: Named;
    maxUses?: number;
    maxAgeSeconds?: number;
  }): Promise<InviteRecord> {
    const channel = this.channelFor(to, 'invite');
    this.require(channel, 'CreateInstantInvite', 'invite');
    return this.stage.act(() =>
      this.stage.control.createInvite(this.id, { channelId: channel.id, maxUses, maxAgeSeconds }),
    );
  }

  /** Sets their status, and what they are doing. */
  async goes(status: PresenceRecord['status'], { playing }: { playing?: string } = {}): Promise<void> {
    const activities = playing === undefined ? [] : [{ name: playing, type: 0, created_at: this.world.clock.now() }];
    this.stage.act(() => this.stage.control.setPresence(this.id, { status, activities }));
  }
}
