import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { LOCALES } from '@guildhall/contracts';
import { describe, expect, it } from 'vitest';
import { FAILURE_CODES } from '../app/api/problem-error';

interface Texts {
  [key: string]: string | Texts;
}

const folder = import.meta.dirname;
const texts = Object.fromEntries(LOCALES.map((locale) => [locale, flatten(read(`${locale}.json`))]));
const english = texts['en']!;

describe.each(LOCALES)('the texts of %s', (locale) => {
  it('have the same keys as the English ones', () => {
    expect(Object.keys(texts[locale]!).toSorted()).toEqual(Object.keys(english).toSorted());
  });

  it('are never empty', () => {
    expect(Object.values(texts[locale]!).filter((text) => text.trim() === '')).toEqual([]);
  });

  it('fill in the same values as the English ones', () => {
    for (const [key, text] of Object.entries(texts[locale]!)) {
      expect({ key, values: placeholders(text) }).toEqual({ key, values: placeholders(english[key]!) });
    }
  });

  it('tell every problem and what to do about it', () => {
    for (const code of FAILURE_CODES) {
      expect(texts[locale]).toHaveProperty([`problems.${code}.title`]);
      expect(texts[locale]).toHaveProperty([`problems.${code}.text`]);
    }
  });
});

it('every text that a template asks for by its whole key exists', () => {
  const missing = sourceFiles().flatMap((file) => {
    const source = readFileSync(file, 'utf8');
    const prefix = /\*transloco="let t; prefix: '([\w.]+)'"/.exec(source)?.[1];
    const keys = [...source.matchAll(/\bt\('([\w.-]+[\w])'[,)]/g)].map((match) =>
      prefix ? `${prefix}.${match[1]}` : match[1]!,
    );
    return keys.filter((key) => !Object.hasOwn(english, key)).map((key) => `${path.basename(file)}: ${key}`);
  });
  expect(missing).toEqual([]);
});

function read(name: string): Texts {
  // The files are ours; a shape other than texts within texts fails the tests below.
  return JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Texts;
}

function flatten(texts: Texts, prefix = ''): Record<string, string> {
  const entries = Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : Object.entries(flatten(value, `${prefix}${key}.`)),
  );
  return Object.fromEntries(entries);
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((match) => match[1]!).toSorted();
}

function sourceFiles(): string[] {
  const root = path.join(folder, '..', 'app');
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => /(?<!\.spec)\.(ts|html)$/.test(name)).map((name) => path.join(root, name));
}
