// The link from one page of a service's answer to the next (RFC 8288), in every broken form that platforms send.

export type NextPage = { ok: true; url: string | null } | { ok: false; code: 'foreign-page' | 'unreadable-link' };

const links = /<([^<>]*)>([^<]*)/g;
const relation = /;\s*rel\s*=\s*([^;,]*)/i;

/**
 * Where a `Link` header says the next page is; `url` is null where it names none.
 *
 * Read are also quotation marks of any shape around the relation, or none; several relations in one link and several
 * links in one header; `&amp;` for `&` (all seen in AGS answers of a live platform, November 2026); relative addresses.
 *
 * Refusals: `foreign-page` (another origin, or one with a password in it: our token is not for it), `unreadable-link`
 * (there is a next page, but its address is none).
 *
 * @param pageUrl where the header came from
 */
export function nextPage(header: string | null, pageUrl: string): NextPage {
  const target = nextTarget(header ?? '');
  if (target === null) return { ok: true, url: null };
  const address = target.replaceAll('&amp;', '&').trim();
  if (!URL.canParse(address, pageUrl)) return { ok: false, code: 'unreadable-link' };
  const url = new URL(address, pageUrl);
  const isOurs = url.origin === new URL(pageUrl).origin && url.username === '' && url.password === '';
  return isOurs ? { ok: true, url: url.href } : { ok: false, code: 'foreign-page' };
}

/** `fetch` hands over a header's UTF-8 byte by byte, so what stands for a quotation mark is whatever fits in no word. */
function nextTarget(header: string): string | null {
  for (const [, target = '', parameters = ''] of header.matchAll(links)) {
    const [, relations = ''] = relation.exec(parameters) ?? [];
    if (
      relations
        .toLowerCase()
        .split(/[^\w.:/-]+/)
        .includes('next')
    )
      return target;
  }
  return null;
}
