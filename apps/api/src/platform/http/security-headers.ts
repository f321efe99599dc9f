import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import type { ApiConfig } from '../../config.js';

const DISCORD_CDN = 'https://cdn.discordapp.com';

/** What a page of ours may load and where it may be shown; also the smaller headers of Helmet, and who may call from afar. */
export async function protectPages(server: FastifyInstance, config: ApiConfig): Promise<void> {
  const webUrl = new URL(config.WEB_URL);
  const isSecure = webUrl.protocol === 'https:';
  const imageSources = [
    "'self'",
    'data:',
    DISCORD_CDN,
    ...(config.SIMULATOR_URL ? [new URL(config.SIMULATOR_URL).origin] : []),
  ];
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        scriptSrcAttr: ["'none'"],
        // Angular adds its components' styles as elements.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: imageSources,
        fontSrc: ["'self'"],
        // Browsers that count WebSockets as another origin need it by name.
        connectSrc: ["'self'", `${isSecure ? 'wss' : 'ws'}://${webUrl.host}`],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: isSecure && { maxAge: 31_536_000 },
    // Avatars come from another origin without permission to be embedded.
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'same-origin' },
  });
}
