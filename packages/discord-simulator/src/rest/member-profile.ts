import type { MemberChanges } from '../actions/members.js';
import type { Guild, MemberRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import { parseImage } from './images.js';

interface ProfileForm {
  avatar?: string | null | undefined;
  banner?: string | null | undefined;
  bio?: string | null | undefined;
}

const BLANK = { avatar: null, banner: null, bio: null };

/**
 * How a member wants to be seen in this guild alone: `null` takes a part back. Images are kept as soon as all of them are known to be good.
 * @see https://docs.discord.com/developers/resources/guild#modify-current-member
 */
export function profileFrom(
  world: World,
  guild: Guild,
  member: MemberRecord,
  { avatar, banner, bio }: ProfileForm,
): Pick<MemberChanges, 'profile'> {
  if (avatar === undefined && banner === undefined && bio === undefined) return {};
  const images = { avatar: avatar && parseImage('avatar', avatar), banner: banner && parseImage('banner', banner) };
  const profile = { ...BLANK, ...member.profile, ...(bio === undefined ? {} : { bio }) };
  for (const part of ['avatar', 'banner'] as const) {
    const image = images[part];
    if (image) world.files.put(`guilds/${guild.id}/users/${member.userId}/${part}s/${image.hash}`, image.content);
    if (image !== undefined) profile[part] = image ? image.hash : null;
  }
  return { profile };
}
