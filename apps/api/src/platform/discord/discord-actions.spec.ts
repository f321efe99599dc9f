import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { DiscordStage } from '../../../testing/discord-stage.js';

/** What stands between the API and PostgreSQL, and can be shut. */
class Gate {
  refused = 0;
  private isShut = false;
  private target: URL | undefined;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {
    server.on('connection', (socket) => this.pass(socket));
  }

  static async open(): Promise<Gate> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Gate(server);
  }

  through(url: string): string {
    this.target = new URL(url);
    const address = new URL(url);
    // Safe: a TCP server that listens has an address with a port.
    address.host = `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return address.href;
  }

  shut(isShut: boolean): void {
    this.isShut = isShut;
    if (isShut) for (const socket of this.sockets) socket.destroy();
  }

  close(): void {
    this.shut(true);
    this.server.close();
  }

  private pass(socket: Socket): void {
    socket.on('error', () => undefined);
    if (this.isShut) {
      this.refused += 1;
      socket.destroy();
      return;
    }
    const onward = connect(Number(this.target?.port), this.target?.hostname);
    onward.on('error', () => undefined);
    for (const [one, other] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      this.sockets.add(one);
      one.pipe(other);
      one.on('close', () => {
        this.sockets.delete(one);
        other.destroy();
      });
    }
  }
}

describe('a change on Discord', () => {
  let gate: Gate;
  let stage: DiscordStage;

  beforeAll(async () => {
    gate = await Gate.open();
    stage = await DiscordStage.set(inject('postgresUrl'), (url) => gate.through(url));
  });
  afterAll(async () => {
    gate?.shut(false);
    await stage?.strike();
    gate?.close();
  });

  it('is written down also when the database goes away while Discord makes it', async () => {
    // Whoever writes to the audit log has to wait for this.
    const blocker = await stage.database.pool.connect();
    await blocker.query('begin; lock table audit_entries in access exclusive mode');
    const answer = stage.as('moderator', 'PUT', `GUILD/bans/${stage.people.stranger}`, { reason: 'raid' });
    await expect.poll(() => stage.guild.bans.size, { timeout: 5_000 }).toBe(1);
    const { refused } = gate;
    gate.shut(true);
    await blocker.query('rollback');
    blocker.release();
    await expect.poll(() => gate.refused, { timeout: 5_000 }).toBeGreaterThan(refused);
    gate.shut(false);
    expect((await answer).status).toBe(200);
    expect(await stage.audit('member.banned')).toMatchObject([
      { target: { id: stage.people.stranger }, details: { reason: 'raid' } },
    ]);
  });
});
