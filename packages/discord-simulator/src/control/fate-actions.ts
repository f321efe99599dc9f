import { z } from 'zod';
import { snowflake } from '../state/model.js';
import { wholeState } from '../state/whole-state.js';
import { action, inGuild } from './action.js';

/** Load, faults, time and the whole state over HTTP. */
export const fateActions = {
  burst: action(
    z
      .object({
        channelIds: z.array(snowflake).min(1),
        messagesPerSecond: z.number().positive().max(20_000),
        count: z.number().int().positive().max(1_000_000),
        prefix: z.string().optional(),
      })
      .describe('Sends many messages at a given rate.'),
    (control, request) => control.burst(request),
  ),
  connections: action(z.object({}).describe('Lists the open sessions of the Discord Gateway.'), (control) =>
    control.connections(),
  ),
  dropSockets: action(
    z
      .object({ shard: z.number().optional(), code: z.number().optional() })
      .describe('Fault: cuts the sockets of all shards or of one.'),
    (control, fault) => control.dropSockets(fault),
  ),
  refuseResumes: action(
    z.object({ count: z.number() }).describe('Fault: refuses this many resumes.'),
    (control, { count }) => control.refuseResumes(count),
  ),
  askToReconnect: action(z.object({}).describe('Asks every client to reconnect.'), (control) =>
    control.askToReconnect(),
  ),
  invalidateSessions: action(
    z
      .object({ shard: z.number().optional(), isResumable: z.boolean() })
      .describe('Fault: sessions turn invalid while their sockets stay open.'),
    (control, fault) => control.invalidateSessions(fault),
  ),
  makeUnavailable: action(inGuild.describe('Fault: an outage takes a guild away from bots.'), (control, { guildId }) =>
    control.makeUnavailable(guildId),
  ),
  makeAvailable: action(inGuild.describe('Ends the outage of a guild.'), (control, { guildId }) =>
    control.makeAvailable(guildId),
  ),
  failRest: action(
    z
      .object({
        method: z.string().optional(),
        path: z.string().optional(),
        status: z.number().optional(),
        code: z.number().optional(),
        message: z.string().optional(),
        retryAfterSeconds: z.number().optional(),
        times: z.number(),
        latencyMs: z.number().optional(),
        scope: z.enum(['user', 'global', 'shared']).optional(),
        cut: z.enum(['before', 'within', 'after']).optional(),
      })
      .nullable()
      .describe('Fault: lets requests that fit fail or wait; null ends all.'),
    (control, fault) => control.failRest(fault),
  ),
  rateLimitViolations: action(z.object({}).describe('Counts requests and lists those refused with 429.'), (control) =>
    control.rateLimitViolations(),
  ),
  revokeAuthorization: action(
    z.object({ userId: snowflake }).describe('A person withdraws what they authorised.'),
    (control, { userId }) => control.revokeAuthorization(userId),
  ),
  expireAccessTokens: action(
    z.object({ userId: snowflake }).describe("Ends a person's access tokens, as a week does."),
    (control, { userId }) => control.expireAccessTokens(userId),
  ),
  advance: action(
    z
      .object({ milliseconds: z.number().nonnegative() })
      .describe('Puts the clock forward; what falls due meanwhile happens.'),
    (control, { milliseconds }) => control.advance(milliseconds),
  ),
  freeze: action(
    z
      .object({ isFrozen: z.boolean().default(true) })
      .describe('Fault: sockets and requests get no answer until thawed.'),
    (control, { isFrozen }) => control.freeze(isFrozen),
  ),
  saveState: action(
    z.object({}).describe('Tells everything that exists as one JSON value, for loadState.'),
    (control) => control.saveState(),
  ),
  loadState: action(
    z.object({ state: wholeState }).describe('Goes back to a saved state; bots see their guilds go and come back.'),
    (control, { state }) => control.loadState(state),
  ),
};
