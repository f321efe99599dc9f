import type { CliConfig } from '../config.js';
import type { NeededPort } from '../ports.js';

/** The ports that have to be free before Guildhall starts on this machine. */
export function neededPorts(config: CliConfig): NeededPort[] {
  const host = '127.0.0.1';
  return [
    { variable: 'PORT', port: config.PORT, host: config.HOST, purpose: 'the dashboard with its API' },
    { variable: 'GATEWAY_PORT', port: config.GATEWAY_PORT, host, purpose: 'the gateway' },
    ...(config.DISCORD_TOKEN
      ? []
      : [{ variable: 'SIMULATOR_PORT', port: config.SIMULATOR_PORT, host, purpose: 'the local Discord' }]),
  ];
}
