// The addresses of a platform's services. They are opaque: we only ever add one segment at the end of the path, or
// parameters at the end of the query, and leave the rest as it came, to the byte.

/**
 * `lineItemUrl` with `/segment` at the end of its path: before the query, which is kept to the byte, and without a
 * double slash. A fragment is dropped.
 *
 * @see AGS 2.0 §3.3.1, §3.4.1, https://www.imsglobal.org/spec/lti-ags/v2p0/
 */
export function belowLineItem(lineItemUrl: string, segment: 'scores' | 'results'): string {
  const address = beforeFirst(lineItemUrl, '#');
  const path = beforeFirst(address, '?');
  const query = address.slice(path.length);
  return `${withoutTrailingSlashes(path)}/${segment}${query}`;
}

/** `url` with these parameters after those it has; null and absent ones are left out. A fragment is dropped. */
export function withQuery(url: string, parameters: Record<string, string | number | null | undefined>): string {
  const added = Object.entries(parameters).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  const address = beforeFirst(url, '#');
  if (added.length === 0) return address;
  return `${address}${address.includes('?') ? '&' : '?'}${added.join('&')}`;
}

function withoutTrailingSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}

function beforeFirst(text: string, mark: string): string {
  const index = text.indexOf(mark);
  return index === -1 ? text : text.slice(0, index);
}
