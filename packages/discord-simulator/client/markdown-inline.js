import { cssColor, h } from './dom.js';
import { customEmoji } from './emoji.js';
import { renderTime } from './timestamps.js';

/** What can stand inside of a line, the first that fits wins. Each has one group: its name says what it is. */
const PATTERN = new RegExp(
  [
    String.raw`\\(?<escaped>[^\w\s])`,
    '``(?<doubleCode>[\\s\\S]+?)``(?!`)',
    '`(?<code>[^`]+)`',
    String.raw`\*\*(?<bold>(?:\*[\s\S]+?\*|[\s\S]+?))\*\*(?!\*)`,
    String.raw`__(?<underline>[\s\S]+?)__(?!_)`,
    String.raw`\*(?<italic>[^\s*](?:[^*]*[^\s*])?)\*(?!\*)`,
    String.raw`(?<!\w)_(?<alsoItalic>[^_]+)_(?!\w)`,
    String.raw`~~(?<struck>[\s\S]+?)~~`,
    String.raw`\|\|(?<spoiler>[\s\S]+?)\|\|`,
    String.raw`<(?<emoji>a?:\w{2,32}:\d{1,20})>`,
    String.raw`<@!?(?<user>\d{1,20})>`,
    String.raw`<@&(?<role>\d{1,20})>`,
    String.raw`<#(?<channel>\d{1,20})>`,
    String.raw`</(?<command>[^:\n<>]{1,100}):\d{1,20}>`,
    String.raw`<id:(?<place>customize|browse|guide|linked-roles)>`,
    String.raw`<t:(?<time>-?\d{1,13}(?::[tTdDfFR])?)>`,
    String.raw`@(?<all>everyone|here)\b`,
    String.raw`\[(?<masked>[^\[\]\n]+\]\(<?https?:\/\/[^\s<>)]+(?:\([^\s<>)]*\)[^\s<>)]*)?>?(?: "[^"\n]*")?)\)`,
    String.raw`<(?<quietLink>https?:\/\/[^\s<>]+)>`,
    String.raw`(?<link>https?:\/\/[^\s<>]*[^\s<>)\]*_~|.,;:!?'"])`,
  ].join('|'),
);

const RENDERERS = {
  escaped: (text) => text,
  doubleCode: (text) => h('code', {}, text.trim()),
  code: (text) => h('code', {}, text),
  bold: (text, names) => h('strong', {}, ...renderInline(text, names)),
  underline: (text, names) => h('u', {}, ...renderInline(text, names)),
  italic: (text, names) => h('em', {}, ...renderInline(text, names)),
  alsoItalic: (text, names) => h('em', {}, ...renderInline(text, names)),
  struck: (text, names) => h('s', {}, ...renderInline(text, names)),
  spoiler: renderSpoiler,
  emoji: (text) => {
    const [animated, name, id] = text.split(':');
    return customEmoji({ id, name, animated: animated === 'a' });
  },
  user: renderUser,
  role: (id, names) => tinted(h('span.mention', {}, `@${names.role(id)}`), names.roleColor?.(id)),
  channel: (id, { channel, openChannel }) =>
    h('button.mention', { type: 'button', onclick: () => openChannel?.(id) }, `#${channel(id)}`),
  command: (name) => h('span.mention', {}, `/${name}`),
  place: (name) => h('span.mention', {}, `#${name}`),
  time: (text, { locale }) => {
    const [seconds, style] = text.split(':');
    return renderTime(Number(seconds), style ?? 'f', locale);
  },
  all: (name) => h('span.mention', {}, `@${name}`),
  masked: (text, names) => {
    const [, words, address, title] = /^(.+?)\]\(<?(.+?)>?(?: "(.*)")?$/.exec(text);
    return h('a', { ...linkTo(address), title: title ?? address }, ...renderInline(words, names));
  },
  quietLink: (address) => h('a', linkTo(address), address),
  link: (address) => h('a', linkTo(address), address),
};

const linkTo = (href) => ({ href, rel: 'noreferrer noopener', target: '_blank' });

/** What stands inside of lines, as nodes. */
export function renderInline(text, names) {
  const nodes = [];
  let rest = text;
  for (let match = PATTERN.exec(rest); match; match = PATTERN.exec(rest)) {
    const [kind, value] = Object.entries(match.groups).find(([, group]) => group !== undefined);
    nodes.push(rest.slice(0, match.index), RENDERERS[kind](value, names));
    rest = rest.slice(match.index + match[0].length);
  }
  nodes.push(rest);
  return nodes.filter((node) => node !== '');
}

function renderUser(id, { user, openUser }) {
  const open = ({ currentTarget }) => openUser?.(id, currentTarget);
  return h('button.mention', { type: 'button', onclick: open }, `@${user(id)}`);
}

function tinted(node, color) {
  if (!color) return node;
  node.style.color = cssColor(color);
  node.style.background = `${cssColor(color)}22`;
  return node;
}

/** Hidden until it is pressed. */
function renderSpoiler(text, names) {
  const content = h('span', { inert: true }, ...renderInline(text, names));
  const reveal = () => {
    spoiler.classList.add('shown');
    content.inert = false;
    spoiler.removeAttribute('role');
    spoiler.removeAttribute('tabindex');
    spoiler.removeAttribute('aria-label');
  };
  const spoiler = h(
    'span.spoiler',
    {
      role: 'button',
      tabindex: 0,
      'aria-label': names.spoiler ?? 'Spoiler',
      onclick: reveal,
      onkeydown: (event) => {
        if (event.key === 'Enter' || event.key === ' ') reveal();
      },
    },
    content,
  );
  return spoiler;
}
