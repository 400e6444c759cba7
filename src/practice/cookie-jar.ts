// The robot's cookies: by hostname, as browsers do, for cookies are blind to ports.

export interface CookieJar {
  /** Takes the Set-Cookie headers of an answer from `url`. */
  store(url: URL, setCookies: readonly string[]): void;
  /** The Cookie header for a request to `url`; empty without any. */
  header(url: URL): string;
  /** Name → value of what `hostname` would be sent. */
  of(hostname: string): Record<string, string>;
}

/**
 * An empty jar. Honours Expires, Max-Age (which wins, RFC 6265 §5.3) and Secure; loopback counts as secure, as in
 * today's browsers. Every path is "/", every cookie belongs to the one host that set it.
 */
export function createCookieJar(now: () => Date): CookieJar {
  const hosts = new Map<string, Map<string, { value: string; expiresAt: number }>>();

  const of = (hostname: string): Record<string, string> => {
    const alive = [...(hosts.get(hostname) ?? [])].filter(([, cookie]) => cookie.expiresAt > now().getTime());
    return Object.fromEntries(alive.map(([name, cookie]) => [name, cookie.value]));
  };

  return {
    of,
    header: (url) =>
      Object.entries(of(url.hostname))
        .map(([name, value]) => `${name}=${value}`)
        .join('; '),
    store: (url, setCookies) => {
      const jar = hosts.get(url.hostname) ?? new Map<string, { value: string; expiresAt: number }>();
      hosts.set(url.hostname, jar);
      for (const cookie of setCookies.map(parseSetCookie)) {
        if (cookie.attributes.has('secure') && !isTrustworthy(url)) continue;
        jar.set(cookie.name, { value: cookie.value, expiresAt: expiry(cookie.attributes, now()) });
      }
    },
  };
}

function parseSetCookie(line: string): { name: string; value: string; attributes: Map<string, string> } {
  const [[name, value], ...attributes] = line.split(';').map(splitPair) as [[string, string], ...[string, string][]];
  return { name, value, attributes: new Map(attributes.map(([key, text]) => [key.toLowerCase(), text])) };
}

function splitPair(text: string): [string, string] {
  const [key = '', ...rest] = text.split('=');
  return [key.trim(), rest.join('=').trim()];
}

function expiry(attributes: Map<string, string>, now: Date): number {
  const maxAgeSeconds = attributes.get('max-age');
  if (maxAgeSeconds !== undefined) return now.getTime() + Number(maxAgeSeconds) * 1000;
  const expires = attributes.get('expires');
  return expires === undefined ? Infinity : Date.parse(expires);
}

/** Potentially trustworthy in the sense of W3C Secure Contexts §3.1. */
function isTrustworthy(url: URL): boolean {
  return url.protocol === 'https:' || /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|.*\.localhost)$/.test(url.hostname);
}
