#!/usr/bin/env node
// The command line. An embedded database belongs to one process: while a server runs on it, the command is handed to that
// server, which answers in its place.
import { readConfig, type Config } from './config.ts';
import { needsDatabase, runCommand, type CommandResult } from './commands.ts';
import { askLockHolder } from './database/directory-lock.ts';
import { openDatabase } from './database/open-database.ts';

async function run(words: string[], config: Config): Promise<CommandResult> {
  const tools = {
    now: () => new Date(),
    publicUrl: config.publicUrl,
    allowHttpLoopback: config.allowHttpLoopback,
    sealingKey: config.keys.toolKeys,
  };
  if (!needsDatabase(words)) {
    const database = () => {
      throw new Error('This command was to need no database');
    };
    return runCommand(words, { ...tools, database });
  }
  const opened = await openDatabase(config);
  if (opened) {
    return runCommand(words, { ...tools, database: () => opened.db }).finally(() => opened.close());
  }
  const answer = await askLockHolder(config.dataDir, JSON.stringify(words));
  if (answer === null) throw new Error('The server on this directory has just stopped. Try again.');
  return JSON.parse(answer) as CommandResult;
}

try {
  const { output, exitCode } = await run(process.argv.slice(2), readConfig(process.env));
  process.stdout.write(output);
  process.exitCode = exitCode;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
