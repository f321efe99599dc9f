import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { demoApplication } from '../options.js';
import { canView, channelPermissions, guildPermissions, outranks } from '../state/permissions.js';
import { timestampOf } from '../state/snowflake.js';
import { World } from '../state/world.js';
import { demoIds, seedDemo } from './index.js';

const NOW_MS = Date.UTC(2026, 10, 20, 21);
const DAY_MS = 86_400_000;

function seeded(nowMs = NOW_MS): World {
  const world = new World();
  world.applications.set(demoApplication.id, demoApplication);
  seedDemo(world, { nowMs });
  return world;
}

const guildOf = (world: World, id: string) => world.guilds.get(id)!;

const channelNamed = (world: World, guildId: string, name: string) =>
  [...guildOf(world, guildId).channels.values()].find((channel) => channel.name === name)!;

const messagesOf = (world: World) =>
  [...world.guilds.values()].flatMap((guild) =>
    [...guild.channels.keys()].flatMap((id) => [...world.history(id).all()]),
  );

const everything = (world: World) => ({
  users: [...world.users.values()],
  presences: [...world.presences],
  guilds: [...world.guilds.values()].map((guild) => ({
    roles: [...guild.roles.values()],
    members: [...guild.members.values()],
    channels: [...guild.channels.values()],
  })),
  messages: messagesOf(world),
});

describe('the demo', () => {
  it('is the same every time', () => {
    expect(everything(seeded())).toEqual(everything(seeded()));
  });

  it('says the same a week later, with the same ids, only at other times', () => {
    const [now, later] = [seeded(), seeded(NOW_MS + 7 * DAY_MS)];
    expect(messagesOf(later).map(({ content }) => content)).toEqual(messagesOf(now).map(({ content }) => content));
    expect([...later.users.keys()]).toEqual([...now.users.keys()]);
    expect(guildOf(later, demoIds.pixelTavern).channels.keys().toArray()).toEqual(
      guildOf(now, demoIds.pixelTavern).channels.keys().toArray(),
    );
  });

  it('has two guilds of the promised size with the bot in both', () => {
    const world = seeded();
    expect(guildOf(world, demoIds.pixelTavern)).toMatchObject({ name: 'Pixel Tavern', preferredLocale: 'en-US' });
    expect(guildOf(world, demoIds.pixelTavern).members.size).toBe(60 + 1);
    expect(guildOf(world, demoIds.volta)).toMatchObject({ name: 'Volta Électricité', preferredLocale: 'fr' });
    expect(guildOf(world, demoIds.volta).members.size).toBe(25 + 1);
    for (const guild of world.guilds.values()) {
      const own = guild.members.get(demoApplication.id)!;
      expect(own.roleIds.map((id) => guild.roles.get(id))).toMatchObject([
        { name: 'Guildhall', botId: demoApplication.id },
      ]);
    }
  });

  it('has the people that sign-in and tests name', () => {
    const world = seeded();
    const tavern = guildOf(world, demoIds.pixelTavern);
    const volta = guildOf(world, demoIds.volta);
    expect(world.users.get(demoIds.administrator)).toMatchObject({ globalName: 'Alex Morgan', locale: 'en-US' });
    expect(tavern.ownerId).toBe(demoIds.pixelTavernOwner);
    expect(guildPermissions(tavern, demoIds.administrator) & Permission.Administrator).toBeTruthy();
    expect(volta.members.has(demoIds.administrator)).toBe(false);
    expect(guildPermissions(tavern, demoIds.member) & Permission.ManageMessages).toBe(0n);
    expect(
      world
        .guildsOf(demoIds.voltaMember)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['Pixel Tavern', 'Volta Électricité']);
    expect(world.guildsOf(demoIds.outsider)).toEqual([]);
    expect([...volta.members.keys()].filter((id) => world.users.get(id)?.locale === 'fr')).toHaveLength(25);
  });

  it('puts the bot below the administrators and above the moderators', () => {
    const world = seeded();
    const tavern = guildOf(world, demoIds.pixelTavern);
    const moderator = [...world.users.values()].find(({ username }) => username === 'thornwick')!;
    expect(outranks(tavern, demoApplication.id, moderator.id)).toBe(true);
    expect(outranks(tavern, demoApplication.id, demoIds.administrator)).toBe(false);
  });

  it('keeps the staff room from members and announcements from being written by them', () => {
    const world = seeded();
    const staffRoom = channelNamed(world, demoIds.pixelTavern, 'staff-room');
    const announcements = channelNamed(world, demoIds.pixelTavern, 'announcements');
    expect(canView(world, staffRoom, demoIds.member)).toBe(false);
    expect(canView(world, staffRoom, demoIds.administrator)).toBe(true);
    expect(canView(world, staffRoom, demoApplication.id)).toBe(true);
    expect(canView(world, announcements, demoIds.member)).toBe(true);
    expect(channelPermissions(world, announcements, demoIds.member) & Permission.SendMessages).toBe(0n);
  });

  it('lets everybody only write where they may', () => {
    const world = seeded();
    for (const { channelId, authorId } of messagesOf(world)) {
      expect(channelPermissions(world, world.channel(channelId)!, authorId) & Permission.SendMessages).toBeTruthy();
    }
  });

  it('has a past that is recent, in order, and never in the future', () => {
    const world = seeded();
    for (const guild of world.guilds.values()) {
      const messages = [...guild.channels.keys()].flatMap((id) => [...world.history(id).all()]);
      expect(messages.length).toBeGreaterThan(150);
      expect(messages.filter(({ createdAt }) => Date.parse(createdAt) > NOW_MS - 7 * DAY_MS).length).toBeGreaterThan(
        50,
      );
      expect(messages.some(({ createdAt }) => Date.parse(createdAt) > NOW_MS - 3_600_000)).toBe(true);
      expect(new Set(messages.map(({ id }) => id)).size).toBe(messages.length);
      for (const { id, createdAt } of messages) {
        expect(timestampOf(id)).toBe(Date.parse(createdAt));
        expect(timestampOf(id)).toBeLessThanOrEqual(NOW_MS);
      }
    }
  });

  it('does not repeat itself on a screen of thirty messages, and fills every slot', () => {
    const world = seeded();
    for (const [guildId, name] of [
      [demoIds.pixelTavern, 'general'],
      [demoIds.volta, 'général'],
    ] as const) {
      const texts = world
        .history(channelNamed(world, guildId, name).id)
        .page({ limit: 30 })
        .map(({ content }) => content);
      expect(new Set(texts).size).toBe(30);
    }
    expect(messagesOf(world).filter(({ content }) => /[{}]/.test(content))).toEqual([]);
  });

  it('speaks French in the French guild', () => {
    const world = seeded();
    const site = world.history(channelNamed(world, demoIds.volta, 'chantier-résidence-les-tilleuls').id).all();
    expect(site.length).toBeGreaterThan(10);
    expect(site.map(({ content }) => content).join(' ')).toMatch(/Consuel|placo|gaine|palier|promoteur/);
  });
});
