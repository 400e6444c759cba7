// The commands, whoever runs them: a process of their own, or the server that has the embedded database in hand.
import { Command, CommanderError } from 'commander';
import { gradesCommands } from './grades/grades.commands.ts';
import { adminCommands } from './platforms/admin.commands.ts';
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
  const program = commands(
    tools,
    (line) => print(`${line}\n`),
    (line) => complain(`${line}\n`),
    (code) => (exitCode = code),
  );
  for (const command of [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)]) {
    command.exitOverride().configureOutput({ writeOut: print, writeErr: complain });
  }
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) exitCode = error.exitCode;
    else if (error instanceof CommandError) {
      complain(`${error.message}\n`);
      exitCode = 1;
    } else throw error;
  }
  return { output, complaint, exitCode };
}

/** Whether the command works on the database, so that it is the business of whoever has that. */
export function needsDatabase(words: string[]): boolean {
  return (
    ['platform', 'classroom', 'keys', 'admin', 'grades', 'person', 'analytics'].includes(words[0] ?? '') &&
    !words.some((word) => word === '--help' || word === '-h')
  );
}

function commands(
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
  personCommands(program, platformTools);
  analyticsCommands(program, platformTools);

  questionsCommands(program, { print, complain, end, fail });
  return program;
}
