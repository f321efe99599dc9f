import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageOf } from './page.rules.js';

const page = (number: number, total: number) =>
  pageOf({ items: [], total }, { page: number, limit: 10 }, '/api/x?q=a+b');

describe('pageOf', () => {
  it('links to its neighbours and keeps the other parameters', () => {
    expect(page(2, 35)).toMatchObject({
      totalPages: 4,
      links: {
        first: '/api/x?q=a+b&page=1',
        prev: '/api/x?q=a+b&page=1',
        next: '/api/x?q=a+b&page=3',
        last: '/api/x?q=a+b&page=4',
      },
    });
  });

  it('has no neighbour before the first and after the last page', () => {
    expect(page(1, 35).links.prev).toBeNull();
    expect(page(4, 35).links.next).toBeNull();
  });

  it('leads back from beyond the end', () => {
    expect(page(9, 35).links).toMatchObject({ prev: '/api/x?q=a+b&page=4', next: null });
  });

  it('takes an empty list for one page', () => {
    expect(page(1, 0)).toMatchObject({ total: 0, totalPages: 1, links: { prev: null, next: null } });
  });

  it('has just as many pages as hold the items', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.integer({ min: 1, max: 100 }), (total, limit) => {
        const { totalPages } = pageOf({ items: [], total }, { page: 1, limit }, '/api/x');
        expect(totalPages * limit).toBeGreaterThanOrEqual(total);
        expect((totalPages - 1) * limit).toBeLessThanOrEqual(total);
      }),
    );
  });
});
