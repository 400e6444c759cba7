// Addresses that stay with us.

/** Whether this is a path of ours: what begins with two slashes, or a backslash, browsers take for another site. */
export function isOwnPath(address: unknown): address is string {
  return typeof address === 'string' && /^\/(?![/\\])[^\\\s]*$/.test(address);
}
