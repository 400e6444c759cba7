// The commands, whoever runs them: a process of their own, or the server that has the embedded database in hand.
import { Command, CommanderError } from 'commander';
import { auditCommands } from './audit/audit.commands.ts';
import { watchCommand } from './audit/record-command.ts';
import { auditedCommands } from './audited-acts.ts';
import { gradesCommands } from './grades/grades.commands.ts';
import { adminCommands } from './platforms/admin.commands.ts';
import { backupCommands } from './platforms/backup.commands.ts';
import { classroomCommands } from './platforms/classroom/classroom.commands.ts';
import type { PlatformCommandTools } from './platforms/command-tools.ts';
import { keysCommands } from './platforms/keys.commands.ts';
import { platformCommands } from './platforms/platform.commands.ts';
import { analyticsCommands } from './privacy/analytics/analytics.commands.ts';
import { personCommands } from './privacy/person.commands.ts';
import { questionsCommands } from './questions/questions.commands.ts';

/** What a command printed, what it complained of, and how it ended: 0 is well. */
export interface CommandResult {
  output: string;
  complaint: string;
  exitCode: number;
}

/** What commands work with. */
export type CommandTools = Omit<PlatformCommandTools, 'print' | 'fail'> & {
  /** By which people are named in an export of analytics; null or absent: none is allowed. */
  analyticsKey?: Uint8Array | null;
};

/** A command that was given something it cannot take: its message is for the person at the terminal. */
class CommandError extends Error {}

/** @param words the command line without program names, such as `['platform', 'list', '--json']` */
export async function runCommand(words: string[], tools: CommandTools): Promise<CommandResult> {
  let output = '';
  let complaint = '';
  let exitCode = 0;
  const print = (text: string) => {
    output += text;
  };
  const complain = (text: string) => {
    complaint += text;
  };
  const { database, begins, ended } = watchCommand(tools, auditedCommands);
  const program = createProgram(
    { ...tools, database },
    (line) => print(`${line}\n`),
    (line) => complain(`${line}\n`),
    (code) => (exitCode = code),
  );
  for (const command of [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)]) {
    command.exitOverride().configureOutput({ writeOut: print, writeErr: complain });
  }
  program.hook('preAction', (_program, command) => begins(command));
  try {
    await program.parseAsync(words, { from: 'user' });
    await ended('done');
  } catch (error) {
    await ended(error instanceof CommanderError || error instanceof CommandError ? 'refused' : 'failed');
    if (error instanceof CommanderError) exitCode = error.exitCode;
    else if (error instanceof CommandError) {
      complain(`${error.message}\n`);
      exitCode = 1;
    } else throw error;
  }
  return { output, complaint, exitCode };
}

/** The commands whose business is all that is kept. */
const ofAll = ['backup', 'restore', 'move'];

/** Whether the command works on the database, so that it is the business of whoever has that. */
export function needsDatabase(words: string[]): boolean {
  return (
    ['platform', 'classroom', 'keys', 'admin', 'grades', 'audit', 'person', 'analytics', ...ofAll].includes(
      words[0] ?? '',
    ) && !words.some((word) => word === '--help' || word === '-h')
  );
}

/** Whether it wants the tables as they are, not brought up to date first. */
export function takesTablesAsTheyAre(words: string[]): boolean {
  return ofAll.includes(words[0] ?? '');
}

/** Whether no server may be at work on the database meanwhile. */
export function wantsDatabaseAlone(words: string[]): boolean {
  return words[0] === 'restore' || words[0] === 'move';
}

/** Every command there is. */
export function createProgram(
  tools: CommandTools,
  print: (line: string) => void,
  complain: (line: string) => void,
  end: (exitCode: number) => void,
): Command {
  const program = new Command('mustaqil').description('Looks after a Mustaqil installation.');
  const fail = (message: string): never => {
    throw new CommandError(message);
  };
  const platformTools = { ...tools, print, fail };
  platformCommands(program, platformTools);
  classroomCommands(program, platformTools);
  keysCommands(program, platformTools);
  adminCommands(program, platformTools);
  gradesCommands(program, platformTools);
  auditCommands(program, platformTools);
  backupCommands(program, platformTools);
  personCommands(program, platformTools);
  analyticsCommands(program, platformTools);

  questionsCommands(program, { print, complain, end, fail });
  return program;
}
