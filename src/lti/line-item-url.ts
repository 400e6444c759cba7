// The addresses below a line item. A platform's URL is opaque: we only ever add one segment at the end of its path.

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

function withoutTrailingSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}

function beforeFirst(text: string, mark: string): string {
  const index = text.indexOf(mark);
  return index === -1 ? text : text.slice(0, index);
}
