import { attachmentPath, safeFilename } from '../media/filenames.js';
import { type Component, mapComponents } from '../state/components.js';
import type { MessageRecord } from '../state/model.js';
import type { World } from '../state/world.js';

const REFERENCE = 'attachment://';

type Shown = Pick<MessageRecord, 'id' | 'channelId' | 'components' | 'attachments'>;

/** The components of a message, with addresses for their images and files. @see https://docs.discord.com/developers/components/reference#unfurled-media-item */
export function renderComponents(world: World, message: Shown): Component[] {
  return mapComponents(message.components, (component) => {
    const { media, items, file } = component;
    const attachment = file ? attachmentOf(message, file as { url: string }) : undefined;
    return {
      ...component,
      ...(media ? { media: renderMedia(world, message, media as { url: string }) } : {}),
      ...(items
        ? {
            items: (items as { media: { url: string } }[]).map((item) => ({
              ...item,
              media: renderMedia(world, message, item.media),
            })),
          }
        : {}),
      ...(file
        ? {
            file: renderMedia(world, message, file as { url: string }),
            name: attachment?.filename ?? null,
            size: attachment?.size ?? null,
          }
        : {}),
    };
  });
}

function attachmentOf({ attachments }: Shown, { url }: { url: string }) {
  if (!url.startsWith(REFERENCE)) return undefined;
  const name = safeFilename(url.slice(REFERENCE.length));
  return attachments.find(({ filename }) => filename === name);
}

function renderMedia(world: World, message: Shown, media: { url: string }): object {
  const attachment = attachmentOf(message, media);
  if (!attachment) return { id: message.id, proxy_url: media.url, ...media };
  const { id, width, height, contentType } = attachment;
  const url = world.files.urlOf(attachmentPath(message.channelId, attachment));
  return {
    id,
    url,
    proxy_url: url,
    attachment_id: id,
    width: width ?? null,
    height: height ?? null,
    content_type: contentType ?? null,
  };
}
