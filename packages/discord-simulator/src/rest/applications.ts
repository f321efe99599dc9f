import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { changeApplication, setConnectionMetadata } from '../actions/applications.js';
import type { SimulatorContext } from '../context.js';
import type { World } from '../state/world.js';
import { renderApplication, renderConnectionMetadata } from '../views/applications.js';
import { requireBot, requireOwnApplication } from './access.js';
import { applicationBody, applicationChangesFrom } from './application-form.js';
import { DiscordError, parseForm } from './errors.js';
import { IMAGE_BODY_BYTES, parseImageChange } from './images.js';

/** Discord advises a shard for so many guilds. */
const GUILDS_PER_SHARD = 1_000;

export function applicationRoutes(app: FastifyInstance, { world, hub }: SimulatorContext): void {
  const gatewayUrl = (host: string) => ({ url: `ws://${host}/gateway` });

  app.get('/gateway', (request) => gatewayUrl(request.host));

  app.get('/gateway/bot', (request) => {
    const { application } = requireBot(request);
    const shards = Math.max(1, Math.ceil(world.guildsOf(application.id).length / GUILDS_PER_SHARD));
    return {
      ...gatewayUrl(request.host),
      shards,
      session_start_limit: hub.limits.sessionStartLimit(application.id),
    };
  });

  app.get('/oauth2/applications/@me', (request) => renderApplication(world, requireBot(request).application));

  // `@me` and its id name the same application: there is no other a bot may see.
  app.get('/applications/:applicationId', (request) => renderApplication(world, requireOwnApplication(world, request)));

  app.patch('/applications/:applicationId', { bodyLimit: IMAGE_BODY_BYTES }, (request) => {
    const application = requireOwnApplication(world, request);
    const body = parseForm(applicationBody, request.body);
    const images = {
      icon: parseImageChange('icon', body.icon),
      coverImage: parseImageChange('cover_image', body.cover_image),
    };
    const changes = applicationChangesFrom(body);
    for (const image of Object.values(images)) {
      if (image) world.files.put(`app-icons/${application.id}/${image.hash}`, image.content);
    }
    changeApplication(world, application, {
      ...changes,
      ...(images.icon === undefined ? {} : { icon: images.icon?.hash ?? null }),
      ...(images.coverImage === undefined ? {} : { coverImage: images.coverImage?.hash ?? null }),
    });
    return renderApplication(world, application);
  });

  // Activities run in Discord's clients alone: there never is one.
  app.get('/applications/:applicationId/activity-instances/:instanceId', (request) => {
    requireOwnApplication(world, request);
    throw new DiscordError(404, 0, '404: Not Found');
  });

  connectionMetadataRoutes(app, world);
}

const localizations = z.record(z.string(), z.string().min(1).max(200)).nullish();
const metadataBody = z
  .array(
    z.looseObject({
      type: z.number().int().min(1).max(8),
      key: z.string().regex(/^[a-z0-9_]{1,50}$/),
      name: z.string().min(1).max(100),
      name_localizations: localizations,
      description: z.string().min(1).max(200),
      description_localizations: localizations,
    }),
  )
  .max(5);

const METADATA = '/applications/:applicationId/role-connections/metadata';

/** @see https://docs.discord.com/developers/resources/application-role-connection-metadata */
function connectionMetadataRoutes(app: FastifyInstance, world: World): void {
  app.get(METADATA, (request) => renderConnectionMetadata(requireOwnApplication(world, request)));

  app.put(METADATA, (request) => {
    const application = requireOwnApplication(world, request);
    const metadata = parseForm(metadataBody, request.body ?? []).map((item) => ({
      type: item.type,
      key: item.key,
      name: item.name,
      nameLocalizations: item.name_localizations ?? null,
      description: item.description,
      descriptionLocalizations: item.description_localizations ?? null,
    }));
    setConnectionMetadata(world, application, metadata);
    return renderConnectionMetadata(application);
  });
}
