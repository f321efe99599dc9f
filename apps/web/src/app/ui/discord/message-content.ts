import { Component, computed, inject, input } from '@angular/core';
import { Instance } from '../../api/instance';
import { RelativeTime } from '../relative-time';
import { cssColor, displayName, type Directory } from './directory';
import type { MarkdownNode } from './markdown';

/** The parsed text of a message. Every value reaches the page through a binding, which Angular escapes. */
@Component({
  selector: 'gh-message-content',
  imports: [RelativeTime],
  templateUrl: './message-content.html',
  styleUrl: './message-content.css',
})
export class MessageContent {
  readonly nodes = input.required<readonly MarkdownNode[]>();
  readonly directory = input.required<Directory>();
  private readonly cdnUrl = inject(Instance).cdnUrl;

  protected readonly emojiUrl = computed(() => {
    const base = this.cdnUrl();
    return (node: { id: string }) => `${base}/emojis/${node.id}.webp?size=48`;
  });

  protected mentionText(of: 'user' | 'role' | 'channel', id: string): string {
    if (of === 'channel') return `#${this.directory().channel(id)?.name ?? id}`;
    if (of === 'role') return `@${this.directory().role(id)?.name ?? id}`;
    const member = this.directory().member(id);
    return `@${member ? displayName(member.user, member) : id}`;
  }

  protected mentionColor(of: 'user' | 'role' | 'channel', id: string): string | null {
    return of === 'role' ? cssColor(this.directory().role(id)?.color ?? 0) : null;
  }
}
