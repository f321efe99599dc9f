import { announceReady, createLogger, startErrorLine, stopOnSignals } from '@guildhall/process';
import { readConfig } from './config.js';
import { startGateway } from './index.js';

try {
  const { config, notices } = readConfig();
  const logger = createLogger({
    app: 'gateway',
    level: config.LOG_LEVEL,
    isProduction: config.NODE_ENV === 'production',
  });
  for (const notice of notices) logger.warn(notice);
  const gateway = await startGateway(config, { logger });
  stopOnSignals(() => gateway.close(), logger);
  announceReady(gateway.url);
} catch (error) {
  process.stderr.write(`${startErrorLine('gateway', error)}\n`);
  process.exit(1);
}
