import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { MessageRefused } from '../actions/message-refused.js';
import { SlowmodeActive } from '../actions/slowmode.js';
import { MessageBlocked } from '../actions/speech.js';
import { ImpossibleAction } from '../interactions/person.js';
import { DiscordError } from '../rest/errors.js';
import type { ChannelRecord, Guild, MemberRecord, MessageRecord, UserRecord } from '../state/model.js';
import { canView, channelPermissions, isTimedOut } from '../state/permissions.js';
import type { World } from '../state/world.js';
import type { MessageRef, Named } from './names.js';
import type { Patience, Stage } from './stage.js';

type PermissionName = keyof typeof Permission;

/** Who a person is, where they are, what they may do, and what is expected to happen to them. */
export class PersonBase {
  /** Where they last did something: what is meant when an action names no channel. */
  protected place: ChannelRecord | null = null;

  constructor(
    protected readonly stage: Stage,
    readonly user: UserRecord,
    /** The guild whose names they use. */
    protected readonly home: Guild | undefined,
  ) {}

  get id(): string {
    return this.user.id;
  }

  get name(): string {
    return this.user.username;
  }

  protected get world(): World {
    return this.stage.world;
  }

  /** Waits until the person has the role. @throws ExpectationFailed */
  receives(role: Named, patience: Patience = {}): Promise<void> {
    const { guild, record } = this.roleAt(role);
    return this.stage.until(
      `${this.name} receives the role ${record.name}`,
      () => this.holds(guild, record.id),
      patience,
    );
  }

  /** Waits until the person no longer has the role. @throws ExpectationFailed */
  loses(role: Named, patience: Patience = {}): Promise<void> {
    const { guild, record } = this.roleAt(role);
    return this.stage.until(
      `${this.name} loses the role ${record.name}`,
      () => !this.holds(guild, record.id),
      patience,
    );
  }

  /** Waits until the person is timed out. @throws ExpectationFailed */
  isTimedOut(patience: Patience = {}): Promise<void> {
    const guild = this.requireHome();
    const isSo = () => {
      const member = guild.members.get(this.id);
      return member !== undefined && isTimedOut(guild, member);
    };
    return this.stage.until(`${this.name} is timed out`, isSo, patience);
  }

  /** Waits until the person is no longer in the guild. @throws ExpectationFailed */
  isGone(patience: Patience = {}): Promise<void> {
    const guild = this.requireHome();
    return this.stage.until(`${this.name} is gone from ${guild.name}`, () => !guild.members.has(this.id), patience);
  }

  /** Waits until the person is banned from the guild. @throws ExpectationFailed */
  isBanned(patience: Patience = {}): Promise<void> {
    const guild = this.requireHome();
    return this.stage.until(`${this.name} is banned from ${guild.name}`, () => guild.bans.has(this.id), patience);
  }

  private roleAt(role: Named) {
    const guild = this.requireHome();
    return { guild, record: this.stage.names.role(role, guild) };
  }

  private holds(guild: Guild, roleId: string): boolean {
    return guild.members.get(this.id)?.roleIds.includes(roleId) ?? false;
  }

  protected requireHome(): Guild {
    const id = this.home?.id ?? this.place?.guildId ?? '';
    const guild = this.world.guilds.get(id);
    if (!guild) throw new ImpossibleAction(`${this.name} is in no guild of this scenario: person(…, { in: guild })`);
    return guild;
  }

  protected requireMember(guild: Guild): MemberRecord {
    const member = guild.members.get(this.id);
    if (!member) throw this.impossible('act', `is not a member of ${guild.name}`);
    return member;
  }

  /** The channel an action names, or the one of the last action. The person has to see it. */
  protected channelFor(named: Named | undefined, doing: string): ChannelRecord {
    const channel =
      named === undefined
        ? this.place && this.world.channel(this.place.id)
        : this.stage.names.channel(named, this.home);
    if (!channel) throw this.impossible(doing, 'it is not said where: { in: channel }');
    if (!canView(this.world, channel, this.id)) {
      const guild = this.world.guilds.get(channel.guildId ?? '');
      const isMember = guild ? guild.members.has(this.id) : true;
      const why = isMember ? 'cannot see it' : `is not a member of ${guild?.name}`;
      throw this.impossible(`${doing} in ${this.stage.names.nameOf(channel)}`, `${this.name} ${why}`);
    }
    this.place = channel;
    this.stage.place = channel;
    return channel;
  }

  /** @throws ImpossibleAction, naming the permission that is missing */
  protected require(channel: ChannelRecord, permission: PermissionName, doing: string): void {
    if (this.may(channel, permission)) return;
    const member = this.world.member(channel.guildId ?? '', this.id);
    const guild = this.world.guilds.get(channel.guildId ?? '');
    const isSilenced = guild && member && isTimedOut(guild, member);
    const why = isSilenced ? `timed out until ${member.timeoutUntil}` : `the permission ${permission} is missing`;
    throw this.impossible(`${doing} in ${this.stage.names.nameOf(channel)}`, why);
  }

  protected may(channel: ChannelRecord, permission: PermissionName): boolean {
    return (channelPermissions(this.world, channel, this.id) & Permission[permission]) !== 0n;
  }

  /** The message and its channel, which may be named by the message itself. */
  protected messageFor(
    ref: MessageRef,
    doing: string,
    place?: Named,
  ): { channel: ChannelRecord; message: MessageRecord } {
    const where = place ?? (typeof ref === 'string' ? undefined : ref.channelId);
    const channel = this.channelFor(where, doing);
    const message = this.stage.names.message(ref, channel);
    if (message) return { channel, message };
    const id = typeof ref === 'string' ? ref : ref.id;
    throw this.impossible(doing, `message ${id} is not in ${this.stage.names.nameOf(channel)}`);
  }

  protected impossible(doing: string, why: string): ImpossibleAction {
    return new ImpossibleAction(`${this.name} cannot ${doing}: ${why}`);
  }

  /** What rules of the simulator refuse becomes an impossible action that says who tried what. */
  protected explaining<Result>(doing: string, act: () => Result): Result {
    try {
      return act();
    } catch (error) {
      if (error instanceof SlowmodeActive)
        throw this.impossible(doing, `slowmode is on for ${error.retryAfterSeconds} more seconds`);
      if (error instanceof MessageBlocked) throw this.impossible(doing, `AutoMod blocks it: ${error.message}`);
      const isRefusal =
        error instanceof MessageRefused || error instanceof ImpossibleAction || error instanceof DiscordError;
      throw isRefusal ? this.impossible(doing, error.message) : error;
    }
  }
}
