// One process per embedded directory. The lock is a socket in it: held exactly as long as the process lives, whatever kills
// it, and at the same time the way by which the command line asks the server that runs there.
import { mkdir, rm } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** Answers a question that another process asks through the lock: text in, text out. */
export type LockHandler = (question: string) => Promise<string>;

/** A directory that is ours. */
export interface DirectoryLock {
  /** From now on, questions of other processes are answered by `handler`. */
  serve(handler: LockHandler): void;
  release(): Promise<void>;
}

/**
 * Takes the directory for this process.
 *
 * @returns the lock, or null if a living process has it
 */
export async function lockDirectory(directory: string): Promise<DirectoryLock | null> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  let handler: LockHandler | null = null;
  const server = createServer((req, res) => {
    if (!handler) {
      res.writeHead(503).end();
      return;
    }
    text(req)
      .then(handler)
      .then((answer) => res.end(answer))
      .catch(() => res.writeHead(500).end());
  });
  if (!(await listen(server, socketOf(directory)))) {
    if (await isAnswered(directory)) return null;
    // Left behind by a process that was killed.
    await rm(socketOf(directory), { force: true });
    if (!(await listen(server, socketOf(directory)))) return null;
  }
  return {
    serve: (chosen) => {
      handler = chosen;
    },
    release: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * Asks the process that has the directory.
 *
 * @returns its answer; null if no process has the directory
 * @throws if the process is there but cannot answer, as while it starts
 */
export async function askLockHolder(directory: string, question: string): Promise<string | null> {
  const answer = await ask(directory, question);
  if (answer && answer.status !== 200) {
    throw new Error('The server that runs on this directory does not answer just now. Try again in a moment.');
  }
  return answer?.body ?? null;
}

async function isAnswered(directory: string) {
  return (await ask(directory, '').catch(() => null)) !== null;
}

function ask(directory: string, question: string) {
  return new Promise<{ status: number; body: string } | null>((resolve, reject) => {
    const asking = request({ socketPath: socketOf(directory), method: 'POST' }, (res) => {
      text(res).then((body) => resolve({ status: res.statusCode ?? 0, body }), reject);
    });
    asking.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' || error.code === 'ECONNREFUSED' ? resolve(null) : reject(error),
    );
    asking.end(question);
  });
}

function listen(server: Server, socket: string) {
  return new Promise<boolean>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    );
    server.listen(socket, () => resolve(true));
  });
}

function socketOf(directory: string) {
  return join(directory, 'server.sock');
}
