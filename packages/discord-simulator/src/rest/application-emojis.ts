import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { createApplicationEmoji, deleteApplicationEmoji, updateApplicationEmoji } from '../actions/emojis.js';
import type { SimulatorContext } from '../context.js';
import type { EmojiRecord } from '../state/guild-records.js';
import { renderEmoji } from '../views/expressions.js';
import { renderUser, userOf } from '../views/users.js';
import { requireBot } from './access.js';
import { emojiName, requireEmoji } from './emojis.js';
import { formError, missingAccess, parseForm, refused, unknown } from './errors.js';
import { IMAGE_BODY_BYTES, parseSmallImage } from './images.js';

/** @see https://docs.discord.com/developers/resources/emoji#emoji-object-applicationowned-emoji */
const MAX_APPLICATION_EMOJIS = 2_000;
const PATH = '/applications/:applicationId/emojis';

const emojiPatchBody = z.looseObject({ name: emojiName.optional() });
const emojiCreateBody = z.looseObject({ name: emojiName, image: z.string() });

/** @see https://docs.discord.com/developers/resources/emoji#list-application-emojis */
export function applicationEmojiRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  const render = (emoji: EmojiRecord) => ({ ...renderEmoji(emoji), user: renderUser(userOf(world, emoji.creatorId)) });

  app.get(PATH, (request) => ({ items: requireOwn(request).emojis.map(render) }));

  app.get(`${PATH}/:emojiId`, (request) => render(requireEmoji(requireOwn(request).emojis, request)));

  app.post(PATH, { bodyLimit: IMAGE_BODY_BYTES }, (request, reply) => {
    const { applicationId, emojis } = requireOwn(request);
    const { name, image } = parseForm(emojiCreateBody, request.body);
    const { content, isAnimated } = parseSmallImage('image', image);
    requireFreeName(emojis, name);
    if (emojis.length >= MAX_APPLICATION_EMOJIS) throw refused.tooManyEmojis(MAX_APPLICATION_EMOJIS);
    const draft = { name, isAnimated, content, roleIds: [] };
    return reply.code(201).send(render(createApplicationEmoji(world, applicationId, draft)));
  });

  app.patch(`${PATH}/:emojiId`, (request) => {
    const { emojis } = requireOwn(request);
    const emoji = requireEmoji(emojis, request);
    const { name } = parseForm(emojiPatchBody, request.body);
    if (name !== emoji.name) requireFreeName(emojis, name);
    updateApplicationEmoji(world, emoji, { name });
    return render(emoji);
  });

  app.delete(`${PATH}/:emojiId`, (request, reply) => {
    const { applicationId, emojis } = requireOwn(request);
    deleteApplicationEmoji(world, applicationId, requireEmoji(emojis, request));
    return reply.code(204).send();
  });

  function requireOwn(request: FastifyRequest): { applicationId: string; emojis: readonly EmojiRecord[] } {
    const { applicationId } = request.params as { applicationId: string };
    if (!world.applications.has(applicationId)) throw unknown.application();
    if (requireBot(request).application.id !== applicationId) throw missingAccess();
    return { applicationId, emojis: world.applicationEmojis.get(applicationId) ?? [] };
  }
}

/** An application tells its emojis apart by their names. */
function requireFreeName(emojis: readonly EmojiRecord[], name: string | undefined): void {
  if (!emojis.some((emoji) => emoji.name === name)) return;
  throw formError(['name'], 'APPLICATION_EMOJI_NAME_ALREADY_TAKEN', 'An emoji with this name already exists');
}
