import { announceReady, createLogger, startErrorLine, stopOnSignals } from '@guildhall/process';
import { readApiConfig } from './config.js';
import { createApi } from './create-app.js';

try {
  const { config, notices } = readApiConfig(process.env);
  const logger = createLogger({ app: 'api', level: config.LOG_LEVEL, isProduction: config.NODE_ENV === 'production' });
  for (const notice of notices) logger.warn(notice);
  const api = await createApi(config, logger);
  stopOnSignals(api.close, logger);
  announceReady(api.url);
} catch (error) {
  process.stderr.write(`${startErrorLine('API', error)}\n`);
  process.exit(1);
}
