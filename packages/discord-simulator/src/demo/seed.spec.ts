import { createHash } from 'node:crypto';
import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  channelNamed,
  contentsOf,
  DAY_MS,
  DEMO_GUILD_IDS,
  guildOf,
  messagesOf,
  NOW_MS,
  seededWorld,
} from '../../testing/demo-world.js';
import { demoApplication } from '../options.js';
import type { Guild } from '../state/model.js';
import { canView, channelPermissions, guildPermissions, outranks } from '../state/permissions.js';
import { allChannels, snapshotPieces } from '../state/snapshot.js';
import { timestampOf } from '../state/snowflake.js';
import type { World } from '../state/world.js';
import { communities } from './communities.js';
import { everybodyOf } from './community.js';
import { demoIds } from './index.js';

/** Everything as it is written to disk, in one number. */
function digestOf(world: World): string {
  const hash = createHash('sha256');
  for (const piece of snapshotPieces(world)) hash.update(piece);
  for (const { id } of allChannels(world))
    for (const message of world.history(id).all()) hash.update(JSON.stringify(message));
  return hash.digest('hex');
}

describe('the demo', () => {
  let world: World;
  let later: World;
  beforeAll(() => {
    world = seededWorld();
    later = seededWorld(NOW_MS + 7 * DAY_MS);
  });

  it('is the same to the byte every time', () => {
    expect(digestOf(seededWorld())).toBe(digestOf(world));
  });

  it('says the same a week later, with the same ids, only at other times', () => {
    expect(contentsOf(messagesOf(later))).toEqual(contentsOf(messagesOf(world)));
    expect([...later.users.keys()]).toEqual([...world.users.keys()]);
    for (const id of DEMO_GUILD_IDS) {
      expect([...guildOf(later, id).channels.keys()]).toEqual([...guildOf(world, id).channels.keys()]);
      expect([...guildOf(later, id).roles.keys()]).toEqual([...guildOf(world, id).roles.keys()]);
      expect(new Set(guildOf(later, id).members.keys())).toEqual(new Set(guildOf(world, id).members.keys()));
    }
  });

  it('has three guilds of the promised size, with the bot in each', () => {
    expect([...world.guilds.keys()]).toEqual(DEMO_GUILD_IDS);
    const people = (guild: Guild) => [...guild.members.keys()].filter((id) => !world.users.get(id)!.isBot).length;
    expect(DEMO_GUILD_IDS.map((id) => people(guildOf(world, id)))).toEqual([2_000, 25, 18]);
    expect(guildOf(world, demoIds.pixelTavern)).toMatchObject({ name: 'Pixel Tavern', preferredLocale: 'en-US' });
    expect(guildOf(world, demoIds.volta)).toMatchObject({ name: 'Volta Électricité', preferredLocale: 'fr' });
    expect(guildOf(world, demoIds.launchpad)).toMatchObject({ name: 'Launchpad', preferredLocale: 'en-GB' });
    for (const guild of world.guilds.values()) {
      const own = guild.members.get(demoApplication.id)!;
      expect(own.roleIds.map((id) => guild.roles.get(id))).toMatchObject([
        { name: 'Guildhall', botId: demoApplication.id },
      ]);
    }
  });

  it('gives everybody an account of their own', () => {
    const accounts = communities.flatMap((community) => everybodyOf(community));
    const byId = new Map(accounts.map(({ id, username }) => [id, username]));
    // Two people are in two guilds.
    expect(accounts.length - byId.size).toBe(2);
    expect(new Set(byId.values()).size).toBe(byId.size);
    for (const { id, username } of world.users.values()) {
      if (id !== demoApplication.id) expect(username).toMatch(/^(?!.*\.\.)[a-z0-9_.]{2,32}$/);
      expect(timestampOf(id)).toBeLessThan(NOW_MS - 90 * DAY_MS);
    }
    const taken = [...world.guilds.values()].flatMap((guild) => [
      ...[...guild.roles.keys()].filter((id) => id !== guild.id),
      ...guild.channels.keys(),
      ...[...guild.threads.keys()].filter((id) => !guild.channels.has(id)),
      ...guild.auditLog.map(({ id }) => id),
      ...guild.scheduledEvents.keys(),
      ...guild.autoModerationRules.keys(),
    ]);
    expect(new Set([...taken, ...world.users.keys()]).size).toBe(taken.length + world.users.size);
  });

  it('has the people that sign-in and tests name', () => {
    const [tavern, volta, launchpad] = DEMO_GUILD_IDS.map((id) => guildOf(world, id)) as [Guild, Guild, Guild];
    expect(world.users.get(demoIds.administrator)).toMatchObject({ globalName: 'Alex Morgan', locale: 'en-US' });
    expect([tavern, volta, launchpad].map(({ ownerId }) => ownerId)).toEqual([
      demoIds.pixelTavernOwner,
      demoIds.voltaOwner,
      demoIds.launchpadOwner,
    ]);
    expect(guildPermissions(tavern, demoIds.administrator) & Permission.Administrator).toBeTruthy();
    expect(volta.members.has(demoIds.administrator)).toBe(false);
    expect(guildPermissions(tavern, demoIds.member) & Permission.ManageMessages).toBe(0n);
    const guildNames = world.guildsOf(demoIds.voltaMember).map(({ name }) => name);
    expect(guildNames.sort()).toEqual(['Pixel Tavern', 'Volta Électricité']);
    expect(world.guildsOf(demoIds.outsider)).toEqual([]);
    expect([...volta.members.keys()].filter((id) => world.users.get(id)?.locale === 'fr')).toHaveLength(25);
    expect(guildPermissions(launchpad, demoIds.launchpadMember) & Permission.ManageMessages).toBe(0n);
  });

  it('puts the bot below the administrators and above the moderators', () => {
    const tavern = guildOf(world, demoIds.pixelTavern);
    const moderator = [...world.users.values()].find(({ username }) => username === 'thornwick')!;
    expect(outranks(tavern, demoApplication.id, moderator.id)).toBe(true);
    expect(outranks(tavern, demoApplication.id, demoIds.administrator)).toBe(false);
  });

  it('keeps the staff room from members and announcements from being written by them', () => {
    const staffRoom = channelNamed(world, demoIds.pixelTavern, 'staff-room');
    const announcements = channelNamed(world, demoIds.pixelTavern, 'announcements');
    expect(canView(world, staffRoom, demoIds.member)).toBe(false);
    expect(canView(world, staffRoom, demoIds.administrator)).toBe(true);
    expect(canView(world, staffRoom, demoApplication.id)).toBe(true);
    expect(canView(world, announcements, demoIds.member)).toBe(true);
    expect(channelPermissions(world, announcements, demoIds.member) & Permission.SendMessages).toBe(0n);
  });

  it('shows clients of the studio what is shared with them, and nothing else', () => {
    const seen = [...guildOf(world, demoIds.launchpad).channels.values()]
      .filter((channel) => channel.type === 0 && canView(world, channel, demoIds.launchpadClient))
      .map(({ name }) => name);
    expect(seen).toEqual(['welcome', 'bot-commands', 'tidewell-shared']);
  });
});
