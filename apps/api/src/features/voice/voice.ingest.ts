import type { BotEvent } from '@guildhall/contracts';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { BotEventHandlers, type IngestContext } from '../../platform/ingest/bot-event-handlers.js';
import { type ReportedVoiceState, VoiceIngestRepository } from './voice-ingest.repository.js';

/** Stores who is in which voice channel. */
@Injectable()
export class VoiceIngest implements OnModuleInit {
  constructor(
    private readonly handlers: BotEventHandlers,
    private readonly voice: VoiceIngestRepository,
  ) {}

  onModuleInit(): void {
    this.handlers.register('voice_state_update', (events, context) =>
      this.report(
        events.map(({ guildId, data, timestamp: reportedAt }) => ({ ...data, guildId, reportedAt })),
        context,
      ),
    );
    this.handlers.register('voice_state_list', async (events, context) => {
      for (const event of events) await this.replaceAll(event, context);
    });
  }

  private async report(reports: readonly ReportedVoiceState[], { transaction, publish }: IngestContext): Promise<void> {
    for (const { guildId, userId, reportedAt: _, ...state } of await this.voice.report(transaction, newest(reports))) {
      publish({ name: 'voice.updated', guildId, item: { id: userId, ...state } });
    }
  }

  private async replaceAll(event: BotEvent<'voice_state_list'>, context: IngestContext): Promise<void> {
    const { guildId, data, timestamp: reportedAt } = event;
    const namedIds = data.voiceStates.map(({ userId }) => userId);
    await this.report(
      data.voiceStates.map((state) => ({ ...state, guildId, reportedAt })),
      context,
    );
    const gone = await this.voice.clearUnnamed(context.transaction, guildId, { namedIds, reportedAt });
    const nowhere = { channelId: null, isMuted: false, isDeafened: false, isStreaming: false };
    for (const id of gone) context.publish({ name: 'voice.updated', guildId, item: { id, ...nowhere } });
  }
}

/** One state for each person in each guild: the newest. The database merges by the same rule. */
function newest(reports: readonly ReportedVoiceState[]): ReportedVoiceState[] {
  const byPerson = new Map<string, ReportedVoiceState>();
  for (const report of reports) {
    const key = `${report.guildId} ${report.userId}`;
    const known = byPerson.get(key);
    if (!known || Date.parse(report.reportedAt) >= Date.parse(known.reportedAt)) byPerson.set(key, report);
  }
  return [...byPerson.values()];
}
