import { Component, computed, inject, input, linkedSignal } from '@angular/core';
import { Instance } from '../api/instance';
import { initials } from './initials';

export interface AvatarImage {
  kind: 'user' | 'guild' | 'member';
  id: string;
  /** Hash of the image; null where there is none. */
  hash: string | null;
  /** Only for the avatar a member has in one guild. */
  guildId?: string;
}

/** Sizes that Discord's image server knows are powers of two. */
const IMAGE_PIXELS = 128;

/** The image of a user or guild, or initials on a colour of its own where there is none. */
@Component({
  selector: 'gh-avatar',
  template: `
    @if (url(); as url) {
      <img [src]="url" alt="" loading="lazy" decoding="async" (error)="isBroken.set(true)" />
    } @else {
      <span aria-hidden="true" [attr.data-initials]="initials()"></span>
    }
  `,
  styles: `
    :host {
      display: inline-grid;
      place-items: center;
      flex: none;
      inline-size: var(--avatar-size, 40px);
      block-size: var(--avatar-size, 40px);
      border-radius: var(--avatar-radius, 50%);
      overflow: hidden;
      background: oklch(0.45 0.09 var(--avatar-hue));
      color: #fff;
      font-weight: 600;
      font-size: calc(var(--avatar-size, 40px) * 0.38);
      line-height: 1;
      user-select: none;
    }
    /* Generated, so that the letters are a picture and not part of a link's text. */
    span::before {
      content: attr(data-initials);
    }
    img {
      inline-size: 100%;
      block-size: 100%;
      object-fit: cover;
      background: var(--color-raised);
    }
  `,
  host: { '[style.--avatar-hue]': 'hue()' },
})
export class Avatar {
  readonly image = input.required<AvatarImage>();
  readonly name = input.required<string>();
  private readonly instance = inject(Instance);

  protected readonly isBroken = linkedSignal({ source: this.image, computation: () => false });
  protected readonly initials = computed(() => initials(this.name()));
  protected readonly hue = computed(() => Number(BigInt(this.image().id) % 360n));
  protected readonly url = computed(() => {
    const path = this.isBroken() ? null : imagePath(this.image());
    return path && `${this.instance.cdnUrl()}/${path}?size=${IMAGE_PIXELS}`;
  });
}

/** @see https://discord.com/developers/docs/reference#image-formatting-cdn-endpoints */
function imagePath({ kind, id, hash, guildId }: AvatarImage): string | null {
  if (hash === null) return null;
  if (kind === 'guild') return `icons/${id}/${hash}.png`;
  if (kind === 'member') return `guilds/${guildId}/users/${id}/avatars/${hash}.png`;
  return `avatars/${id}/${hash}.png`;
}
