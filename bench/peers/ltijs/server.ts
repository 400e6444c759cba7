// ltijs as its own page has one begin with it: its defaults, a platform of which it is told where the keys are, and an answer for
// whoever arrives. A process of its own, told by its environment which platform that is; it says where it listens.
import { createRequire } from 'node:module';
import { freePort } from '../../../test/support/start-postgres.ts';
import { MemoryDatabase } from './memory-database.ts';

interface Answer {
  json(body: object): void;
}

/** As much of it as is used here: it brings no types. */
interface Provider {
  setup(key: string, database: { plugin: object }): void;
  onConnect(answer: (token: { userInfo: { name: string } }, req: unknown, res: Answer) => void): void;
  deploy(options: { port: number; silent: boolean }): Promise<boolean>;
  registerPlatform(platform: object): Promise<unknown>;
}

const { Provider: provider } = createRequire(import.meta.url)('ltijs') as { Provider: Provider };
const { ISSUER: issuer, CLIENT_ID: clientId, JWKS_URL: jwksUrl } = process.env;

provider.setup('a key for benches, of no use anywhere else', { plugin: new MemoryDatabase() });
provider.onConnect(({ userInfo }, _req, res) => res.json({ name: userInfo.name }));
const port = await freePort();
await provider.deploy({ port, silent: true });
await provider.registerPlatform({
  ...{ url: issuer, name: 'LMS', clientId, authConfig: { method: 'JWK_SET', key: jwksUrl } },
  ...{ authenticationEndpoint: `${issuer}/auth`, accesstokenEndpoint: `${issuer}/token` },
});
process.stdout.write(`ltijs runs at http://localhost:${port}\n`);
