#!/usr/bin/env node
// The command line. An embedded database belongs to one process: while a server runs on it, the command is handed to that
// server, which answers in its place.
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { readConfig } from './config.ts';
import { needsDatabase, runCommand, takesTablesAsTheyAre, wantsDatabaseAlone, type CommandResult } from './commands.ts';
import { askLockHolder } from './database/directory-lock.ts';
import { openDatabase } from './database/open-database.ts';

async function run(words: string[]): Promise<CommandResult> {
  const now = () => new Date();
  if (!needsDatabase(words)) return runCommand(words, { now, ...noInstallation });
  const config = readConfig(process.env);
  if (words[0] === 'move' && config.databaseUrl !== null) {
    throw new Error('DATABASE_URL is set, so this is on PostgreSQL already. Leave it out to move what is in DATA_DIR.');
  }
  const opened = await openDatabase(config, { asItIs: takesTablesAsTheyAre(words) });
  if (opened) {
    const tools = { ...config, now, sealingKey: config.keys.toolKeys, database: () => opened.db };
    return runCommand(words, tools).finally(() => opened.close());
  }
  if (wantsDatabaseAlone(words)) throw new Error(`A server runs on ${config.dataDir}. Stop it first.`);
  const answer = await askLockHolder(config.dataDir, JSON.stringify(withWholePaths(words)));
  if (answer === null) throw new Error('The server on this directory has just stopped. Try again.');
  return JSON.parse(answer) as CommandResult;
}

/** The server that answers in our place may stand in another folder: files are to lie where they were asked for. */
function withWholePaths(words: string[]): string[] {
  const isFile = (word: string, at: number) =>
    words[0] === 'backup' ? at > 0 && !word.startsWith('-') : words[at - 1] === '--out';
  return words.map((word, at) => (isFile(word, at) ? resolve(word) : word));
}

/** For commands that look at files alone: they touch no data and need no setting. */
const noInstallation = {
  publicUrl: '',
  allowHttpLoopback: false,
  sealingKey: new Uint8Array(),
  database: () => {
    throw new Error('This command was to need no database');
  },
};

/** What is better in no list of processes and no history is read from standard input, here, where it arrives. */
async function readSecret(words: string[]): Promise<string[]> {
  const place = words.findIndex(
    (word, at) => word === '-' && ['--client-secret', '--to'].includes(words[at - 1] ?? ''),
  );
  if (place < 0) return words;
  const secret = (await text(process.stdin)).trim();
  return words.map((word, at) => (at === place ? secret : word));
}

/** Beneath a failed query lies what the database, or the way to it, said. */
function wordsOf({ message, cause }: Error): string {
  return cause instanceof Error ? `${message}\n${cause.message}` : message;
}

try {
  const { output, complaint, exitCode } = await run(await readSecret(process.argv.slice(2)));
  process.stdout.write(output);
  process.stderr.write(complaint);
  process.exitCode = exitCode;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? wordsOf(error) : String(error)}\n`);
  process.exitCode = 1;
}
