import type { Logger } from 'pino';

/** Longer than any orderly stop; what is still open then is abandoned. */
const STOP_DEADLINE_MS = 8_000;

/**
 * Stops the process once, in an orderly way, on SIGTERM, SIGINT or the loss of the parent that supervises it: an orphan
 * would keep ports and files. Exits 0, or 1 when `stop` fails or takes longer than 8 s.
 */
export function stopOnSignals(stop: () => Promise<void>, logger: Logger): void {
  let isStopping = false;
  const stopOnce = async (reason: string): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    logger.info({ reason }, 'stopping');
    setTimeout(() => {
      logger.error('the stop took too long; giving up');
      process.exit(1);
    }, STOP_DEADLINE_MS).unref();
    try {
      await stop();
      process.exit(0);
    } catch (error) {
      logger.error({ err: error }, 'the stop failed');
      process.exit(1);
    }
  };
  process.on('SIGTERM', () => void stopOnce('SIGTERM'));
  process.on('SIGINT', () => void stopOnce('SIGINT'));
  process.on('disconnect', () => void stopOnce('the parent process is gone'));
}

/** Tells the supervising parent, if there is one, that the process serves at `url`. */
export function announceReady(url: string): void {
  process.send?.({ type: 'ready', url });
}
