import { describe, expect, it } from 'vitest';
import { parseMarkdown, type MarkdownNode } from './markdown';

const text = (value: string): MarkdownNode => ({ kind: 'text', text: value });

describe('parseMarkdown', () => {
  it('keeps HTML as text', () => {
    const source = '<img src=x onerror=alert(1)> <script>alert(2)</script>';
    expect(parseMarkdown(source)).toEqual([text(source)]);
  });

  it('makes no link of a script address', () => {
    const nodes = parseMarkdown('[click](javascript:alert(1)) <javascript:alert(1)> data:text/html,x');
    expect(nodes.some((node) => node.kind === 'link')).toBe(false);
  });

  it('links web addresses without the punctuation after them', () => {
    expect(parseMarkdown('see https://example.org/a?b=1.')).toEqual([
      text('see '),
      { kind: 'link', url: 'https://example.org/a?b=1', children: [text('https://example.org/a?b=1')] },
      text('.'),
    ]);
  });

  it('reads nested styles', () => {
    expect(parseMarkdown('**bold *and italic***')).toEqual([
      { kind: 'bold', children: [text('bold '), { kind: 'italic', children: [text('and italic')] }] },
    ]);
  });

  it('leaves snake_case and lone marks alone', () => {
    const source = 'snake_case_name * 2 ** 3 ~ ok';
    expect(parseMarkdown(source)).toEqual([text(source)]);
  });

  it('reads nothing inside code', () => {
    expect(parseMarkdown('`**x** <@1>`')).toEqual([{ kind: 'code', text: '**x** <@1>' }]);
    expect(parseMarkdown('```ts\nlet a = 1;\n```')).toEqual([
      { kind: 'code-block', language: 'ts', text: 'let a = 1;' },
    ]);
  });

  it('reads mentions, emoji and times', () => {
    expect(parseMarkdown('<@1><@&2><#3><:wave:4><t:0:R>')).toEqual([
      { kind: 'mention', of: 'user', id: '1' },
      { kind: 'mention', of: 'role', id: '2' },
      { kind: 'mention', of: 'channel', id: '3' },
      { kind: 'emoji', id: '4', name: 'wave', isAnimated: false },
      { kind: 'timestamp', at: '1970-01-01T00:00:00.000Z' },
    ]);
  });

  it('shows a time beyond the calendar as written', () => {
    expect(parseMarkdown('<t:9999999999999999>')).toEqual([text('<t:9999999999999999>')]);
  });

  it('quotes whole lines only at their start', () => {
    expect(parseMarkdown('> one\n> two\n2 > 1')).toEqual([
      { kind: 'quote', children: [text('one\ntwo')] },
      text('2 > 1'),
    ]);
  });

  it('honours a backslash', () => {
    expect(parseMarkdown(String.raw`\*not italic\*`).every((node) => node.kind === 'text')).toBe(true);
  });

  it('reads a message made of marks alone', () => {
    const marks = '*_~|`>'.repeat(300);
    expect(JSON.stringify(parseMarkdown(marks)).length).toBeGreaterThan(0);
    expect(parseMarkdown('**a'.repeat(600)).length).toBeGreaterThan(0);
  });
});
