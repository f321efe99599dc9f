/** A piece of a Discord message. A tree of plain data: whatever renders it never meets HTML. */
export type MarkdownNode =
  | { kind: 'text'; text: string }
  | { kind: 'bold' | 'italic' | 'underline' | 'strike' | 'spoiler' | 'quote'; children: MarkdownNode[] }
  | { kind: 'heading'; level: number; children: MarkdownNode[] }
  | { kind: 'code'; text: string }
  | { kind: 'code-block'; language: string | null; text: string }
  | { kind: 'link'; url: string; children: MarkdownNode[] }
  | { kind: 'mention'; of: 'user' | 'role' | 'channel'; id: string }
  | { kind: 'everyone'; text: '@everyone' | '@here' }
  | { kind: 'command'; name: string }
  | { kind: 'emoji'; id: string; name: string; isAnimated: boolean }
  | { kind: 'timestamp'; at: string };

interface Rule {
  /** Sticky, so that it only matches where the reader stands. */
  pattern: RegExp;
  /** Only where a line begins. */
  atLineStart?: boolean;
  /** Null declines the match: the text then stands as written. */
  read(match: RegExpExecArray, depth: number): MarkdownNode | null;
}

/** Deeper nesting is shown as written; it only ever occurs in messages made to break readers. */
const MAX_DEPTH = 8;

/** The largest number of seconds that a JavaScript date can hold. */
const MAX_DATE_SECONDS = 8_640_000_000_000;

const styled = (kind: 'bold' | 'italic' | 'underline' | 'strike' | 'spoiler'): Rule['read'] => {
  return ([, inner = ''], depth) => ({ kind, children: parse(inner, depth + 1) });
};

const mention = (of: 'user' | 'role' | 'channel'): Rule['read'] => {
  return ([, id = '']) => ({ kind: 'mention', of, id });
};

/**
 * In order of precedence.
 * @see https://discord.com/developers/docs/reference#message-formatting
 * @see https://support.discord.com/hc/en-us/articles/210298617
 */
const rules: readonly Rule[] = [
  { pattern: /\\([^\p{L}\p{N}\s])/uy, read: ([, text = '']) => ({ kind: 'text', text }) },
  {
    pattern: /```(?:([\w+-]+)\n)?\n?([\s\S]+?)\n?```/y,
    read: ([, language = null, text = '']) => ({ kind: 'code-block', language, text }),
  },
  {
    pattern: /``([^\n]+?)``|`([^`\n]+)`/y,
    read: ([, double, single = '']) => ({ kind: 'code', text: double ?? single }),
  },
  {
    pattern: /(#{1,3}) +([^\n]+)\n?/y,
    atLineStart: true,
    read: ([, marks = '', inner = ''], depth) => ({
      kind: 'heading',
      level: marks.length,
      children: parse(inner, depth + 1),
    }),
  },
  {
    pattern: /> [^\n]*(?:\n> [^\n]*)*\n?/y,
    atLineStart: true,
    read: ([quote], depth) => ({
      kind: 'quote',
      children: parse(quote.replace(/^> /gm, '').replace(/\n$/, ''), depth + 1),
    }),
  },
  { pattern: /\*\*([^\n]+?)\*\*(?!\*)/y, read: styled('bold') },
  { pattern: /__([^\n]+?)__(?!_)/y, read: styled('underline') },
  { pattern: /~~([^\n]+?)~~/y, read: styled('strike') },
  { pattern: /\|\|([^\n]+?)\|\|/y, read: styled('spoiler') },
  { pattern: /\*(?![\s*])([^*\n]+?)\*(?!\*)/y, read: styled('italic') },
  { pattern: /_(?![\s_])([^_\n]+?)_(?![\p{L}\p{N}_])/uy, read: styled('italic') },
  { pattern: /<@!?(\d{1,20})>/y, read: mention('user') },
  { pattern: /<@&(\d{1,20})>/y, read: mention('role') },
  { pattern: /<#(\d{1,20})>/y, read: mention('channel') },
  { pattern: /<\/([^:>\n]{1,100}):\d{1,20}>/y, read: ([, name = '']) => ({ kind: 'command', name }) },
  {
    pattern: /<(a?):(\w{2,32}):(\d{1,20})>/y,
    read: ([, animated, name = '', id = '']) => ({ kind: 'emoji', id, name, isAnimated: animated === 'a' }),
  },
  { pattern: /<t:(-?\d{1,16})(?::[tTdDfFR])?>/y, read: ([, seconds]) => timestamp(Number(seconds)) },
  {
    pattern: /@(everyone|here)\b/y,
    read: ([text]) => ({ kind: 'everyone', text: text === '@here' ? '@here' : '@everyone' }),
  },
  {
    pattern: /\[([^\]\n]+)\]\(<?(https?:\/\/[^\s<>)]+)>?\)/y,
    read: ([, label = '', url = ''], depth) => link(url, parse(label, depth + 1)),
  },
  { pattern: /<(https?:\/\/[^\s<>]+)>/y, read: ([, url = '']) => link(url, [{ kind: 'text', text: url }]) },
  {
    pattern: /https?:\/\/[^\s<>]*[^\s<>.,:;"'\])!?*_~|]/y,
    read: ([url]) => link(url, [{ kind: 'text', text: url }]),
  },
];

/** Reads Discord's markdown. Whatever it does not know stays as written. */
export function parseMarkdown(source: string): MarkdownNode[] {
  return parse(source, 0);
}

function parse(source: string, depth: number): MarkdownNode[] {
  if (depth > MAX_DEPTH) return [{ kind: 'text', text: source }];
  const nodes: MarkdownNode[] = [];
  let position = 0;
  while (position < source.length) {
    const found = readAt(source, position, depth);
    if (found) nodes.push(found.node);
    else appendText(nodes, source[position] ?? '');
    position += found?.length ?? 1;
  }
  return nodes;
}

function readAt(source: string, position: number, depth: number): { node: MarkdownNode; length: number } | null {
  const isLineStart = position === 0 || source[position - 1] === '\n';
  for (const rule of rules) {
    if (rule.atLineStart && !isLineStart) continue;
    rule.pattern.lastIndex = position;
    const match = rule.pattern.exec(source);
    const node = match && rule.read(match, depth);
    if (node) return { node, length: match[0].length };
  }
  return null;
}

function appendText(nodes: MarkdownNode[], text: string): void {
  const last = nodes.at(-1);
  if (last?.kind === 'text') last.text += text;
  else nodes.push({ kind: 'text', text });
}

/** Only web addresses become links: the patterns ask for http, and this for something that can be parsed. */
function link(url: string, children: MarkdownNode[]): MarkdownNode | null {
  return URL.canParse(url) ? { kind: 'link', url, children } : null;
}

function timestamp(seconds: number): MarkdownNode | null {
  return Math.abs(seconds) <= MAX_DATE_SECONDS
    ? { kind: 'timestamp', at: new Date(seconds * 1000).toISOString() }
    : null;
}
