import { h } from './dom.js';
import { renderInline } from './markdown-inline.js';

const FENCE = /```(?:([\w+.#-]+)\n)?\n?([\s\S]+?)\n?```\n?/;
const HEADING = /^(#{1,3}) +(\S.*)$/;
const SMALL = /^-# +(\S.*)$/;
const QUOTE = /^> (.*)$|^>$/;
const LIST_ITEM = /^( *)([-*]|\d{1,9}\.) +(\S.*)$/;

/**
 * Discord's markdown as nodes; what anybody wrote never becomes HTML.
 * @param {string} text
 * @param {object} names what `user(id)`, `role(id)` and `channel(id)` are called, their `roleColor(id)`, the `locale`, and what a click on
 * a person or channel does (`openUser`, `openChannel`)
 * @returns {(Node | string)[]}
 * @see https://support.discord.com/hc/en-us/articles/210298617
 */
export function renderMarkdown(text, names) {
  const nodes = [];
  let rest = text;
  for (let match = FENCE.exec(rest); match; match = FENCE.exec(rest)) {
    const [whole, language, code] = match;
    const before = rest.slice(0, match.index).replace(/\n$/, '');
    nodes.push(...renderBlocks(before, names), h('pre', {}, h('code', { 'data-language': language }, code)));
    rest = rest.slice(match.index + whole.length);
  }
  return [...nodes, ...renderBlocks(rest, names)];
}

/** One line of markdown, for places that have no room for blocks. */
export function renderLine(text, names) {
  return renderInline(text.replaceAll(/```(?:\w+\n)?|\n/g, ' '), names);
}

function renderBlocks(text, names) {
  if (text === '') return [];
  const lines = text.split('\n');
  const nodes = [];
  let plain = [];
  const flush = () => {
    if (plain.length > 0) nodes.push(...renderInline(plain.join('\n'), names));
    plain = [];
  };
  while (lines.length > 0) {
    const block = takeBlock(lines, names);
    if (block) {
      flush();
      nodes.push(block);
    } else plain.push(lines.shift());
  }
  flush();
  return nodes;
}

/** Takes what begins with the first line, if it is more than plain text. */
function takeBlock(lines, names) {
  const [line] = lines;
  if (line.startsWith('>>> ')) return h('blockquote', {}, ...renderBlocks(lines.splice(0).join('\n').slice(4), names));
  if (QUOTE.test(line)) {
    const quoted = takeWhile(lines, QUOTE).map((it) => it.slice(2));
    return h('blockquote', {}, ...renderBlocks(quoted.join('\n'), names));
  }
  if (LIST_ITEM.test(line)) return renderList(takeList(lines), names);
  const heading = HEADING.exec(line);
  const small = SMALL.exec(line);
  if (!heading && !small) return null;
  lines.shift();
  if (small) return h('small.subtext', {}, ...renderInline(small[1], names));
  // The headings of the page are no places to put those of messages: they look like some, and are spoken as such.
  const level = heading[1].length;
  return h(`div.heading-${level}`, { role: 'heading', 'aria-level': level + 2 }, ...renderInline(heading[2], names));
}

/** Bullets and numbers at the same depth are two lists. */
function takeList(lines) {
  const isNumbered = (line) => /^ *\d/.test(line);
  const depth = (line) => LIST_ITEM.exec(line)[1].length;
  const [first] = lines;
  const all = takeWhile(lines, LIST_ITEM);
  const end = all.findIndex((line) => depth(line) <= depth(first) && isNumbered(line) !== isNumbered(first));
  if (end > 0) lines.unshift(...all.splice(end));
  return all;
}

function takeWhile(lines, pattern) {
  const end = lines.findIndex((line) => !pattern.test(line));
  return lines.splice(0, end < 0 ? lines.length : end);
}

/** Lines that are indented further belong to the item above them. */
function renderList(lines, names) {
  const items = lines.map((line) => LIST_ITEM.exec(line));
  const [, indent, sign] = items[0];
  const isNumbered = /\d/.test(sign);
  const list = h(isNumbered ? 'ol' : 'ul', isNumbered ? { start: Number.parseInt(sign, 10) } : {});
  for (let index = 0; index < items.length; index += 1) {
    const nested = [];
    while (index + 1 < items.length && items[index + 1][1].length > indent.length) nested.push(lines[(index += 1)]);
    const [, , , text] = items[index - nested.length];
    list.append(h('li', {}, ...renderInline(text, names), nested.length > 0 && renderList(nested, names)));
  }
  return list;
}
