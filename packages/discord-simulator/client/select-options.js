import { signOf } from './channel-list.js';
import { cssColor } from './dom.js';
import { icon } from './icons.js';

/** Kinds of channels by their type. @see https://docs.discord.com/developers/resources/channel#channel-object-channel-types */
const KINDS = {
  0: 'text',
  1: 'direct',
  2: 'voice',
  4: 'category',
  5: 'announcement',
  10: 'thread',
  11: 'thread',
  12: 'thread',
  13: 'stage',
  15: 'forum',
  16: 'forum',
};
const SHOWN = 25;
/** Selects of Discord's own. */
const TYPE = { string: 3, user: 5, role: 6, mentionable: 7, channel: 8 };

const plain = (text) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** What a select component offers to those who look for something: a function from what is typed to options. */
export function optionSource(talk, component) {
  if (component.type === TYPE.string) return (query) => matching((component.options ?? []).map(stringOption), query);
  if (component.type === TYPE.channel) return (query) => matching(channelsOf(talk, component.channel_types), query);
  if (component.type === TYPE.role) return (query) => matching(rolesOf(talk), query).slice(0, SHOWN);
  return async (query) => {
    const people = await peopleOf(talk, query);
    const roles = component.type === TYPE.mentionable ? matching(rolesOf(talk), query) : [];
    return [...people, ...roles].slice(0, SHOWN);
  };
}

/** What a select shows as chosen at first. */
export function defaultOptions(talk, { options = [], default_values: entities = [] }) {
  const chosen = options.filter((option) => option.default).map(stringOption);
  return [...chosen, ...entities.map(({ id, type }) => entityOption(talk, id, type))];
}

function entityOption(talk, id, type) {
  if (type === 'role') return rolesOf(talk).find(({ value }) => value === id) ?? { value: id, label: id };
  if (type === 'channel') return channelsOf(talk).find(({ value }) => value === id) ?? { value: id, label: id };
  const person = talk.member(id);
  return person ? personOption(person) : { value: id, label: id };
}

const stringOption = ({ value, label, description, emoji }) => ({ value, label, description, emoji });

const personOption = ({ id, name, username, avatarUrl }) => ({
  value: id,
  label: name,
  description: username,
  avatarUrl,
});

const matching = (options, query) =>
  options.filter(({ label, description }) => plain(`${label} ${description ?? ''}`).includes(plain(query)));

const rolesOf = ({ guild, texts }) =>
  (guild?.roles ?? [])
    .toSorted((left, right) => right.position - left.position)
    .map(({ id, name, color }) => ({ value: id, label: name, description: texts.role, face: () => roleSign(color) }));

function channelsOf({ client, guild }, types = []) {
  const kinds = types.map((type) => KINDS[type]);
  return (guild?.channels ?? [])
    .filter(({ kind }) => (kinds.length > 0 ? kinds.includes(kind) : kind !== 'category'))
    .map(({ id, name, kind, parentId }) => ({
      value: id,
      label: name,
      face: () => signOf(kind, 18),
      description: client.known.channel(parentId)?.name,
    }));
}

/** Members by part of their name; in direct messages there are only the two. */
async function peopleOf(talk, query) {
  const { client, channel, me } = talk;
  if (channel?.guildId) return (await client.searchMembers(query)).map(personOption);
  return matching([me, channel?.person].filter(Boolean).map(personOption), query);
}

function roleSign(color) {
  const sign = icon('people', 18);
  sign.style.color = cssColor(color);
  return sign;
}
