// One process per embedded directory. The lock is a socket in it: held exactly as long as the process lives, whatever kills
// it, and at the same time the way by which the command line asks the server that runs there.
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join, relative } from 'node:path';
import { text } from 'node:stream/consumers';

/** Answers a question that another process asks through the lock: text in, text out. */
export type LockHandler = (question: string) => Promise<string>;

/** A directory that is ours. */
export interface DirectoryLock {
  /** From now on, questions of other processes are answered by `handler`. */
  serve(handler: LockHandler): void;
  release(): Promise<void>;
}

/** The header by which a process that wants the directory says its name. */
const contender = 'x-contender';

/**
 * Takes the directory for this process.
 *
 * Every process listens on a socket of its own first and asks all others it finds then; so of any two, one asks the other. Who is
 * asked by a smaller name before it has the directory gives way. Sockets of processes that were killed never answer again, and
 * are swept out.
 *
 * @returns the lock, or null if a living process has it
 */
export async function lockDirectory(directory: string): Promise<DirectoryLock | null> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const name = `server.${randomBytes(6).toString('hex')}.sock`;
  let state: 'contending' | 'yielded' | 'held' = 'contending';
  let handler: LockHandler | null = null;

  const answer = async (req: IncomingMessage, res: ServerResponse) => {
    const other = req.headers[contender];
    if (typeof other === 'string') {
      if (state === 'contending' && other < name) state = 'yielded';
      res.end(state === 'yielded' ? 'yours' : 'mine');
    } else if (handler) res.end(await handler(await text(req)));
    else res.writeHead(503).end();
  };
  const server = createServer((req, res) => {
    answer(req, res).catch(() => res.writeHead(500).end());
  });
  const release = async () => {
    await rm(at(directory, name), { force: true });
    await close(server);
  };

  await listen(server, directory, name);
  const answers = await Promise.all((await sockets(directory)).filter((other) => other !== name).map(askToYield));
  if (answers.includes('mine') || hasYielded()) {
    await release();
    return null;
  }
  state = 'held';
  return {
    release,
    serve: (chosen) => {
      handler = chosen;
    },
  };

  /** A question of its own, because the state changes while others are asked. */
  function hasYielded() {
    return state === 'yielded';
  }

  async function askToYield(other: string) {
    const answered = await ask(at(directory, other), '', { [contender]: name });
    if (!answered) await rm(at(directory, other), { force: true });
    return answered?.body ?? 'yours';
  }
}

/**
 * Asks the process that has the directory.
 *
 * @returns its answer; null if no process has the directory
 * @throws if the process is there but cannot answer, as while it starts
 */
export async function askLockHolder(directory: string, question: string): Promise<string | null> {
  const answers = await Promise.all((await sockets(directory)).map((name) => ask(at(directory, name), question)));
  const [answer] = answers.filter((one) => one !== null);
  if (answer && answer.status !== 200) {
    throw new Error('The server that runs on this directory does not answer just now. Try again in a moment.');
  }
  return answer?.body ?? null;
}

/** Where a socket is, as briefly as can be said: the system allows some hundred bytes. */
function at(directory: string, name: string) {
  const absolute = join(directory, name);
  const fromHere = relative('', absolute);
  return fromHere.length < absolute.length ? fromHere : absolute;
}

async function sockets(directory: string) {
  return (await readdir(directory)).filter((file) => /^server\.\w+\.sock$/.test(file));
}

/** @returns null if nobody listens there any more */
async function ask(socketPath: string, question: string, headers: Record<string, string> = {}) {
  for (;;) {
    try {
      return await askOnce(socketPath, question, headers);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ECONNREFUSED') return null;
      // It was just going away: the next time, nobody is there.
      if (code !== 'ECONNRESET' && code !== 'EPIPE') throw error;
    }
  }
}

function askOnce(socketPath: string, question: string, headers: Record<string, string>) {
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const asking = request({ socketPath, headers, method: 'POST' }, (res) => {
      text(res).then((body) => resolve({ status: res.statusCode ?? 0, body }), reject);
    });
    asking.on('error', reject);
    asking.end(question);
  });
}

/** Shows the socket under its name only once it answers: nobody takes it for a dead one. */
async function listen(server: Server, directory: string, name: string) {
  const hidden = at(directory, `${name}.new`);
  if (Buffer.byteLength(hidden) > 100) throw new Error(`The path of DATA_DIR is too long for a socket: ${directory}`);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(hidden, resolve);
  });
  await rename(hidden, at(directory, name));
}

function close(server: Server) {
  return new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
