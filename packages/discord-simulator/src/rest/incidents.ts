import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { updateGuild } from '../actions/guilds.js';
import type { SimulatorContext } from '../context.js';
import { renderIncidents } from '../views/guild-settings.js';
import { requireGuildPermission } from './access.js';
import { formError, parseForm } from './errors.js';

/** Longest an action lasts. @see https://docs.discord.com/developers/resources/guild#modify-guild-incident-actions */
const MAX_DURATION_MS = 24 * 3_600_000;

const moment = z.iso.datetime({ offset: true }).nullish();
const incidentsBody = z.looseObject({ invites_disabled_until: moment, dms_disabled_until: moment });

/** @see https://docs.discord.com/developers/resources/guild#incidents-data-object */
export function incidentRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  app.put('/guilds/:guildId/incident-actions', (request) => {
    const guild = requireGuildPermission(world, request, Permission.ManageGuild);
    const body = parseForm(incidentsBody, request.body);
    for (const field of ['invites_disabled_until', 'dms_disabled_until'] as const) requireWithinDay(field, body[field]);
    const { invites_disabled_until: invitesDisabledUntil, dms_disabled_until: directMessagesDisabledUntil } = body;
    updateGuild(world, guild, { settings: { invitesDisabledUntil, directMessagesDisabledUntil } });
    return renderIncidents(guild) ?? { invites_disabled_until: null, dms_disabled_until: null };
  });

  function requireWithinDay(field: string, until: string | null | undefined): void {
    if (!until) return;
    const remainingMs = Date.parse(until) - world.clock.now();
    if (remainingMs > 0 && remainingMs <= MAX_DURATION_MS) return;
    throw formError([field], 'BASE_TYPE_BAD_VALUE', 'Must be within the next 24 hours.');
  }
}
