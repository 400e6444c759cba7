// Command lines as an administrator types them.

/** `platform add` for an LMS at https://<name>.example, with some options changed. */
export function addPlatform(name: string, changed: Record<string, string> = {}): string[] {
  const options = {
    name,
    issuer: `https://${name}.example`,
    'client-id': 'client',
    deployment: '1',
    'auth-url': `https://${name}.example/auth`,
    'token-url': `https://${name}.example/token`,
    'jwks-url': `https://${name}.example/jwks`,
    ...changed,
  };
  return ['platform', 'add', '--json', ...Object.entries(options).flatMap(([key, value]) => [`--${key}`, value])];
}
