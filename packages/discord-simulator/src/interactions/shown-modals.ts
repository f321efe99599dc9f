import type { InteractionOrigin } from '../state/webhook-records.js';
import type { Modal } from './interactions.js';

/** A modal somebody has before them. */
interface ShownModal {
  modal: Modal;
  applicationId: string;
  userId: string;
  channelId: string;
  /** What opened it. */
  trigger: InteractionOrigin;
  sourceMessageId: string | undefined;
  owners: Record<string, string>;
}

/** Modals that were shown and not yet sent off; showing the same again replaces it. */
export class ShownModals {
  private readonly shown = new Map<string, ShownModal>();

  show(shown: ShownModal): void {
    this.shown.set(keyOf({ ...shown, customId: shown.modal.custom_id }), shown);
  }

  find(of: { userId: string; channelId: string; customId: string }): ShownModal | undefined {
    return this.shown.get(keyOf(of));
  }

  close({ userId, channelId, modal }: ShownModal): void {
    this.shown.delete(keyOf({ userId, channelId, customId: modal.custom_id }));
  }

  clear(): void {
    this.shown.clear();
  }
}

function keyOf({ userId, channelId, customId }: { userId: string; channelId: string; customId: string }): string {
  return `${userId} ${channelId} ${customId}`;
}
