import type { Page, PageQuery } from '@guildhall/contracts';

/** What a repository finds for one page. */
export interface PageContent<T> {
  items: T[];
  /** How many items the whole list has. */
  total: number;
}

/** Where a page begins, as an SQL offset. */
export function offsetOf({ page, limit }: PageQuery): number {
  return (page - 1) * limit;
}

/**
 * A page with its metadata. The links keep the request's other parameters and are relative to the origin, so that they
 * hold behind every proxy; a page beyond the end links back to the last one that exists.
 * @param url path and query of the request, e.g. `/api/guilds?page=2`
 */
export function pageOf<T>({ items, total }: PageContent<T>, { page, limit }: PageQuery, url: string): Page<T> {
  const totalPages = Math.max(1, Math.ceil(total / limit));
  return {
    items,
    page,
    limit,
    total,
    totalPages,
    links: {
      first: linkTo(url, 1),
      prev: page > 1 ? linkTo(url, Math.min(page - 1, totalPages)) : null,
      next: page < totalPages ? linkTo(url, page + 1) : null,
      last: linkTo(url, totalPages),
    },
  };
}

function linkTo(url: string, page: number): string {
  const [path = '', search = ''] = url.split('?', 2);
  const parameters = new URLSearchParams(search);
  parameters.set('page', String(page));
  return `${path}?${parameters.toString()}`;
}
