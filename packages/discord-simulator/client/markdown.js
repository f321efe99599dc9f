import { h } from './dom.js';

const PATTERN =
  /```(?:\w+\n)?([\s\S]+?)```|`([^`\n]+)`|\*\*([\s\S]+?)\*\*|\*([^*\n]+)\*|~~([\s\S]+?)~~|<@!?(\d+)>|<@&(\d+)>|<#(\d+)>|<t:(\d+)(?::\w)?>|(https?:\/\/[^\s<>]+)/;

/**
 * Discord's markdown as nodes: bold, italic, struck, code, links, mentions and time stamps.
 * @param {string} text
 * @param {{ user(id: string): string, role(id: string): string, channel(id: string): string, locale: string }} names
 * @returns {(Node | string)[]}
 */
export function renderMarkdown(text, names) {
  const nodes = [];
  let rest = text;
  for (let match = PATTERN.exec(rest); match; match = PATTERN.exec(rest)) {
    nodes.push(rest.slice(0, match.index), renderMatch(match, names));
    rest = rest.slice(match.index + match[0].length);
  }
  nodes.push(rest);
  return nodes.filter((node) => node !== '');
}

function renderMatch(match, names) {
  const [, block, code, bold, italic, struck, user, role, channel, time, link] = match;
  if (block !== undefined) return h('pre', {}, h('code', {}, block));
  if (code !== undefined) return h('code', {}, code);
  if (bold !== undefined) return h('b', {}, ...renderMarkdown(bold, names));
  if (italic !== undefined) return h('i', {}, ...renderMarkdown(italic, names));
  if (struck !== undefined) return h('s', {}, ...renderMarkdown(struck, names));
  if (user !== undefined) return h('span.mention', {}, `@${names.user(user)}`);
  if (role !== undefined) return h('span.mention', {}, `@${names.role(role)}`);
  if (channel !== undefined) return h('span.mention', {}, `#${names.channel(channel)}`);
  if (time !== undefined) return h('time', {}, new Date(Number(time) * 1000).toLocaleString(names.locale));
  return h('a', { href: link, rel: 'noreferrer noopener', target: '_blank' }, link);
}
