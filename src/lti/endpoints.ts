// Which addresses of a platform we are willing to talk to, by how they are written. In which networks they may lie is
// checked when a connection is made (outbound.ts).

/**
 * Whether `url` may be called or redirected to as an endpoint of a platform: `https:` anywhere, `http:` only on this
 * machine (`localhost`, `*.localhost`, 127.0.0.0/8, `[::1]`) and only when the caller allows it. A user name or a
 * password in the address is never allowed; neither is anything that is not an absolute URL.
 *
 * @see LTI security framework 1.0 §3, https://www.imsglobal.org/spec/security/v1p0/
 */
export function isAllowedEndpoint(url: string, { allowHttpLoopback }: { allowHttpLoopback: boolean }): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username, password } = new URL(url);
  if (username !== '' || password !== '') return false;
  if (protocol === 'https:') return true;
  return protocol === 'http:' && allowHttpLoopback && isLoopback(hostname);
}

/** `hostname` comes from `URL`, which has already written every spelling of an IPv4 address as four decimals. */
function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname)
  );
}
