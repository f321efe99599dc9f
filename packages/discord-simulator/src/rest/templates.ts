import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { createTemplate, deleteTemplate, synchroniseTemplate, updateTemplate } from '../actions/templates.js';
import type { SimulatorContext } from '../context.js';
import type { TemplateRecord } from '../state/guild-records.js';
import type { Guild } from '../state/model.js';
import { renderTemplate } from '../views/templates.js';
import { requireBot, requireCaller, requireGuildPermission } from './access.js';
import { parseForm, refused, unknown } from './errors.js';

const PATH = '/guilds/:guildId/templates';

const templatePatchBody = z.looseObject({
  name: z.string().min(1).max(100).optional(),
  description: z.string().max(120).nullish(),
});
const templateCreateBody = templatePatchBody.required({ name: true });

/** @see https://docs.discord.com/developers/resources/guild-template */
export function templateRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  app.get('/guilds/templates/:code', (request) => {
    requireCaller(request);
    const { code } = request.params as { code: string };
    for (const guild of world.guilds.values()) {
      const template = guild.templates.find((it) => it.code === code);
      if (template) return renderTemplate(world, guild, template);
    }
    throw unknown.template();
  });

  app.get(PATH, (request) => {
    const guild = requireManaged(request);
    return guild.templates.map((template) => renderTemplate(world, guild, template));
  });

  app.post(PATH, (request) => {
    const guild = requireManaged(request);
    const { name, description = null } = parseForm(templateCreateBody, request.body);
    if (guild.templates.length > 0) throw refused.secondTemplate();
    const draft = { name, description, creatorId: requireBot(request).userId };
    return renderTemplate(world, guild, createTemplate(world, guild, draft));
  });

  app.put(`${PATH}/:code`, (request) => {
    const { guild, template } = requireTemplate(request);
    synchroniseTemplate(world, guild, template);
    return renderTemplate(world, guild, template);
  });

  app.patch(`${PATH}/:code`, (request) => {
    const { guild, template } = requireTemplate(request);
    const { name, description } = parseForm(templatePatchBody, request.body);
    const changes = { ...(name === undefined ? {} : { name }), ...(description === undefined ? {} : { description }) };
    updateTemplate(world, template, changes);
    return renderTemplate(world, guild, template);
  });

  app.delete(`${PATH}/:code`, (request) => {
    const { guild, template } = requireTemplate(request);
    deleteTemplate(world, guild, template);
    return renderTemplate(world, guild, template);
  });

  function requireManaged(request: FastifyRequest): Guild {
    return requireGuildPermission(world, request, Permission.ManageGuild);
  }

  function requireTemplate(request: FastifyRequest): { guild: Guild; template: TemplateRecord } {
    const guild = requireManaged(request);
    const template = guild.templates.find(({ code }) => code === (request.params as { code: string }).code);
    if (!template) throw unknown.template();
    return { guild, template };
  }
}
