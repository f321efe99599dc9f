import { AuditLogEvent, MessageType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  channelNamed,
  contentsOf,
  DAY_MS,
  guildOf,
  messagesIn,
  messagesOf,
  NOW_MS,
  seededWorld,
} from '../../testing/demo-world.js';
import type { MessageRecord } from '../state/model.js';
import { channelPermissions, isTimedOut } from '../state/permissions.js';
import { timestampOf } from '../state/snowflake.js';
import type { World } from '../state/world.js';
import { demoIds } from './index.js';

describe('the past of the demo', () => {
  let world: World;
  beforeAll(() => {
    world = seededWorld();
  });

  it('lets everybody only write where they may', () => {
    const wrong = messagesOf(world).filter(({ channelId, guildId, authorId, type }) => {
      // What AutoMod reports is reported in the name of whom it stopped.
      const isReport = type === Number(MessageType.AutoModerationAction);
      if (isReport || !world.member(guildId ?? '', authorId)) return false;
      return !(channelPermissions(world, world.channel(channelId)!, authorId) & Permission.SendMessages);
    });
    expect(wrong).toEqual([]);
  });

  it('has three months behind it, in order, never in the future, and something of the last hour', () => {
    for (const guild of world.guilds.values()) {
      const messages = messagesIn(world, guild);
      const within = (days: number) =>
        messages.filter(({ createdAt }) => Date.parse(createdAt) > NOW_MS - days * DAY_MS);
      expect(messages.length).toBeGreaterThan(1_000);
      expect(within(7).length).toBeGreaterThan(60);
      expect(within(1 / 24).length).toBeGreaterThan(0);
      expect(within(80).length).toBeLessThan(messages.length);
      expect(new Set(messages.map(({ id }) => id)).size).toBe(messages.length);
      for (const { id, createdAt } of messages) {
        expect(timestampOf(id)).toBe(Date.parse(createdAt));
        expect(timestampOf(id)).toBeLessThanOrEqual(NOW_MS);
      }
    }
  });

  it('lets nobody speak before they joined', () => {
    const early = messagesOf(world).filter(({ guildId, authorId, createdAt }) => {
      const member = world.member(guildId ?? '', authorId);
      return member !== undefined && Date.parse(member.joinedAt) > Date.parse(createdAt);
    });
    expect(early).toEqual([]);
  });

  it('brought the crowd within three months, from all over the world, by invites', () => {
    const tavern = guildOf(world, demoIds.pixelTavern);
    const joins = [...tavern.members.values()].map(({ joinedAt }) => NOW_MS - Date.parse(joinedAt));
    expect(joins.filter((age) => age < 92 * DAY_MS).length).toBeGreaterThan(1_900);
    for (const month of [0, 1, 2])
      expect(joins.filter((age) => Math.floor(age / (30 * DAY_MS)) === month).length).toBeGreaterThan(400);
    expect(Math.min(...joins)).toBeGreaterThanOrEqual(0);
    const locales = new Set([...tavern.members.keys()].map((id) => world.users.get(id)?.locale));
    expect(locales.size).toBeGreaterThan(25);
    const uses = [...tavern.invites.values()].reduce((sum, invite) => sum + invite.uses, 0);
    expect(uses).toBeGreaterThan(1_500);
  });

  it('does not repeat itself on a screen, and fills every slot', () => {
    const channels = [...world.guilds.values()].flatMap((guild) => [...guild.channels.values()]);
    const repeating = channels.filter(({ id, name }) => {
      const limit = ['general', 'général', 'studio-floor'].includes(name) ? 50 : 20;
      // "Thank you!" may well be said twice.
      const texts = contentsOf(world.history(id).page({ limit })).filter((text) => text.length > 15);
      return new Set(texts).size < texts.length;
    });
    expect(repeating.map(({ name }) => name)).toEqual([]);
    const cards = messagesOf(world).flatMap(({ embeds }) =>
      embeds.flatMap(({ title, description }) => [title, description]),
    );
    const texts = [...contentsOf(messagesOf(world)), ...cards.map(String)];
    expect(texts.filter((text) => /[{}]/.test(text))).toEqual([]);
  });

  it('announces nothing twice', () => {
    for (const [guildId, name] of [
      [demoIds.pixelTavern, 'announcements'],
      [demoIds.volta, 'annonces'],
      [demoIds.launchpad, 'announcements'],
    ] as const) {
      const texts = contentsOf(world.history(channelNamed(world, guildId, name).id).all()).map((text) =>
        text.slice(0, 25),
      );
      expect(texts.length).toBeGreaterThan(4);
      expect(new Set(texts).size).toBe(texts.length);
    }
  });

  it('speaks French in the French guild', () => {
    const site = world.history(channelNamed(world, demoIds.volta, 'chantier-résidence-les-tilleuls').id).all();
    expect(site.length).toBeGreaterThan(10);
    expect(contentsOf(site).join(' ')).toMatch(/Consuel|placo|gaine|palier|promoteur/);
  });

  it('uses what Discord has: replies, edits, reactions, pins, threads, cards', () => {
    for (const guild of world.guilds.values()) {
      const messages = messagesIn(world, guild);
      const has = (fits: (message: MessageRecord) => boolean) => messages.some(fits);
      expect(has(({ replyTo }) => replyTo !== null)).toBe(true);
      expect(has(({ editedAt }) => editedAt !== null)).toBe(true);
      expect(has(({ reactions }) => reactions.length > 0)).toBe(true);
      expect(has(({ isPinned }) => isPinned)).toBe(true);
      const threads = [...guild.threads.values()];
      expect(threads.length).toBeGreaterThan(5);
      expect(threads.some(({ thread }) => thread!.isArchived)).toBe(true);
      for (const thread of threads) {
        const isPost = guild.channels.get(thread.parentId!)!.forum !== undefined;
        const starts = world.history(isPost ? thread.id : thread.parentId!);
        expect(starts.get(thread.id), thread.name).toBeDefined();
        // The first message of a post does not count.
        expect(thread.thread!.messageCount).toBe(world.history(thread.id).size - Number(isPost));
      }
    }
    const numbers = world.history(channelNamed(world, demoIds.launchpad, 'campaign-numbers').id).all();
    expect(numbers.filter(({ embeds }) => embeds.length > 0).length).toBeGreaterThan(10);
  });

  it('sends pictures that can be fetched, and sorts the posts of the forum by tags', () => {
    for (const guild of world.guilds.values()) {
      const sent = messagesIn(world, guild).filter(({ attachments }) => attachments.length > 0);
      expect(sent.length).toBeGreaterThan(0);
      for (const { channelId, attachments } of sent) {
        for (const attachment of attachments) {
          const bytes = world.files.get(`attachments/${channelId}/${attachment.id}/${attachment.filename}`)!;
          expect(bytes).toHaveLength(attachment.size);
          expect(attachment).toMatchObject({ contentType: 'image/png', width: 400, height: 225 });
        }
      }
    }
    const forum = channelNamed(world, demoIds.pixelTavern, 'help-desk');
    const posts = [...guildOf(world, demoIds.pixelTavern).threads.values()].filter(
      ({ parentId }) => parentId === forum.id,
    );
    expect(posts.length).toBeGreaterThan(4);
    expect(new Set(posts.map(({ name }) => name)).size).toBe(posts.length);
    const tagIds = forum.forum!.tags.map(({ id }) => id);
    expect(posts.filter(({ thread }) => !thread!.appliedTagIds?.every((id) => tagIds.includes(id)))).toEqual([]);
    expect(posts.some(({ thread }) => (thread!.appliedTagIds ?? []).length > 1)).toBe(true);
  });

  it('remembers moderation: bans with reasons, entries of the time, and nobody still timed out', () => {
    for (const guild of world.guilds.values()) {
      const times = guild.auditLog.map(({ id }) => timestampOf(id));
      expect(times).toEqual([...times].sort((left, right) => left - right));
      expect(times.at(-1)).toBeLessThanOrEqual(NOW_MS);
      expect(guild.bans.size).toBeGreaterThan(0);
      for (const { userId, reason } of guild.bans.values()) {
        expect(reason).toMatch(/.{20}/);
        expect(guild.members.has(userId)).toBe(false);
      }
      expect(guild.autoModerationRules.size).toBeGreaterThan(0);
      expect([...guild.members.values()].filter((member) => isTimedOut(guild, member))).toEqual([]);
    }
    const kinds = new Set(guildOf(world, demoIds.pixelTavern).auditLog.map(({ actionType }) => actionType));
    for (const kind of [
      AuditLogEvent.MemberBanAdd,
      AuditLogEvent.MemberBanRemove,
      AuditLogEvent.MemberKick,
      AuditLogEvent.MemberUpdate,
      AuditLogEvent.MemberRoleUpdate,
      AuditLogEvent.MessageDelete,
      AuditLogEvent.AutoModerationBlockMessage,
      AuditLogEvent.InviteCreate,
    ])
      expect(kinds).toContain(kind);
  });

  it('has a calendar that lies ahead, and people in voice in the evening', () => {
    for (const guild of world.guilds.values()) {
      expect(guild.scheduledEvents.size).toBe(4);
      for (const event of guild.scheduledEvents.values()) {
        expect(Date.parse(event.startAt)).toBeGreaterThan(NOW_MS);
        expect(Date.parse(event.startAt)).toBeLessThan(NOW_MS + 8 * DAY_MS);
        expect(event.userIds.length).toBeGreaterThan(4);
      }
    }
    expect(guildOf(world, demoIds.pixelTavern).voiceStates.size).toBeGreaterThan(1);
    expect(guildOf(world, demoIds.volta).voiceStates.size).toBe(0);
  });
});
