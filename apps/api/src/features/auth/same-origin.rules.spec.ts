import { describe, expect, it } from 'vitest';
import { isFromOwnPages } from './same-origin.rules.js';

const webOrigin = 'https://guildhall.example';

describe('isFromOwnPages', () => {
  it('lets our pages in', () => {
    expect(isFromOwnPages({ origin: webOrigin, host: 'api.internal' }, webOrigin)).toBe(true);
    expect(isFromOwnPages({ origin: 'http://127.0.0.1:3000', host: '127.0.0.1:3000' }, webOrigin)).toBe(true);
    expect(isFromOwnPages({ 'sec-fetch-site': 'same-origin', host: 'x' }, webOrigin)).toBe(true);
  });

  it('lets programs in, which send none of these headers', () => {
    expect(isFromOwnPages({ host: 'guildhall.example' }, webOrigin)).toBe(true);
  });

  it.each(['https://evil.example', 'http://guildhall.example:81', 'null', ''])('keeps a page of %j out', (origin) => {
    expect(isFromOwnPages({ origin, host: 'guildhall.example' }, webOrigin)).toBe(false);
  });

  it.each(['cross-site', 'same-site'])('keeps out what a browser calls %s', (site) => {
    expect(isFromOwnPages({ 'sec-fetch-site': site, host: 'guildhall.example' }, webOrigin)).toBe(false);
  });
});
