// Lists in pages: `limit` and `from` of a query, what is shown, and the addresses of the pages around it.
import type { PageLinks } from './quirks/quirks.ts';

export interface Page<Row> {
  rows: Row[];
  /** Null where nobody asked for pages. */
  links: PageLinks | null;
}

/**
 * The page of `rows` that a query asks for; all of them without a `limit`.
 *
 * @param address without `limit` and `from`
 */
export function pageOf<Row>(rows: readonly Row[], query: Record<string, unknown>, address: string): Page<Row> {
  const limit = wholeNumber(query['limit']);
  const from = wholeNumber(query['from']);
  if (limit === 0) return { rows: rows.slice(from), links: null };
  const at = (start: number): string => {
    const url = new URL(address);
    url.searchParams.set('limit', String(limit));
    url.searchParams.set('from', String(start));
    return url.href;
  };
  return {
    rows: rows.slice(from, from + limit),
    links: {
      first: at(0),
      previous: from > 0 ? at(Math.max(0, from - limit)) : null,
      current: at(from),
      next: from + limit < rows.length ? at(from + limit) : null,
      last: at(Math.max(0, rows.length - limit + 1)),
    },
  };
}

function wholeNumber(text: unknown): number {
  const number = Number.parseInt(String(text), 10);
  return number > 0 ? number : 0;
}
