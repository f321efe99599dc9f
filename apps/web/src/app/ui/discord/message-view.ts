import { Component, computed, input } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { Message } from '@guildhall/contracts';
import { Avatar, type AvatarImage } from '../avatar';
import { FileSize } from '../file-size';
import { Icon } from '../icon';
import { RelativeTime } from '../relative-time';
import { displayName, nameColor, type Directory } from './directory';
import { parseMarkdown } from './markdown';
import { MessageContent } from './message-content';

/** A message as people know it from Discord. */
@Component({
  selector: 'gh-message',
  imports: [Avatar, FileSize, Icon, MessageContent, RelativeTime, TranslocoDirective],
  templateUrl: './message-view.html',
  styleUrl: './message-view.css',
})
export class MessageView {
  readonly message = input.required<Message>();
  readonly directory = input.required<Directory>();
  readonly isDeleted = input(false);

  private readonly member = computed(() => this.directory().member(this.message().author.id));
  protected readonly name = computed(() => displayName(this.message().author, this.member()));
  protected readonly color = computed(() => nameColor(this.member(), this.directory()));
  protected readonly channel = computed(() => this.directory().channel(this.message().channelId)?.name ?? null);
  protected readonly content = computed(() => parseMarkdown(this.message().content ?? ''));
  protected readonly avatar = computed<AvatarImage>(() => {
    const { id, avatar } = this.message().author;
    return { kind: 'user', id, hash: avatar };
  });
}
