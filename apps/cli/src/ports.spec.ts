import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requirePorts } from './ports.js';

let server: Server;
let port: number;

beforeEach(async () => {
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});

afterEach(() => {
  server.close();
});

describe('requirePorts', () => {
  it('names the taken port, who needs it and the variable that moves it', async () => {
    await expect(
      requirePorts([{ variable: 'GATEWAY_PORT', port, host: '127.0.0.1', purpose: 'the gateway' }]),
    ).rejects.toThrow(
      `port ${port}, which the gateway needs, is already in use: stop what runs there, or choose another with GATEWAY_PORT.`,
    );
  });

  it('waits for a port that becomes free', async () => {
    const waiting = requirePorts([{ variable: 'PORT', port, host: '127.0.0.1', purpose: 'the API' }], 10_000);
    server.close();
    await expect(waiting).resolves.toBeUndefined();
  });
});
