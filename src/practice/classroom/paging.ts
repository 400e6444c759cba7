// Lists, page by page.
import { createHash } from 'node:crypto';
import { invalid } from './api-error.ts';

/**
 * One page of a list under its name. An empty list is left out, as Google does it, and a token is good for the very list it came with.
 *
 * @param page.most how many there are on a page, if not fewer were asked for
 */
export function paged(
  query: URLSearchParams,
  name: string,
  all: readonly object[],
  { most }: { most: number },
): object {
  const list = digestOf(query, name);
  const size = wholeNumber(query.get('pageSize') ?? '0', 'pageSize') || most;
  const from = startOf(query.get('pageToken') ?? '', list);
  const until = from + Math.min(size, most);
  const some = all.slice(from, until);
  const next = `${until}.${list}`;
  return { ...(some.length > 0 && { [name]: some }), ...(until < all.length && { nextPageToken: next }) };
}

function startOf(token: string, list: string): number {
  if (token === '') return 0;
  const [from = '', of] = token.split('.');
  if (of !== list) throw invalid('pageToken: Invalid page token');
  return wholeNumber(from, 'pageToken');
}

function wholeNumber(said: string, name: string): number {
  if (!/^\d{1,6}$/.test(said)) throw invalid(`Invalid value at '${name}' (TYPE_INT32), "${said}"`);
  return Number(said);
}

function digestOf(query: URLSearchParams, name: string): string {
  const rest = new URLSearchParams([...query].filter(([key]) => key !== 'pageToken' && key !== 'pageSize'));
  return createHash('sha256').update(`${name}?${rest.toString()}`).digest('hex').slice(0, 12);
}
