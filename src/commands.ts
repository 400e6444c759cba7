// The commands, whoever runs them: a process of their own, or the server that has the embedded database in hand.
import { readFile } from 'node:fs/promises';
import { Command, CommanderError } from 'commander';
import type { Database } from './database/database.ts';
import { translator } from './i18n/i18n.ts';
import { isAllowedEndpoint } from './lti/endpoints.ts';
import { listPlatforms, savePlatform } from './platforms/platform.store.ts';
import { decodeText } from './questions/decode-text.ts';
import { readQuestions } from './questions/read-questions.ts';

/** What a command printed, what it complained of, and how it ended: 0 is well. */
export interface CommandResult {
  output: string;
  complaint: string;
  exitCode: number;
}

/** What commands work with. */
export interface CommandTools {
  /** Asked for only by commands that need it. */
  database: () => Database | Promise<Database>;
  now: () => Date;
  publicUrl: string;
  allowHttpLoopback: boolean;
  /** Closes our private keys at rest; 32 bytes. */
  sealingKey: Uint8Array;
}

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
  return words[0] === 'platform' && !words.some((word) => word === '--help' || word === '-h');
}

function commands(tools: CommandTools, print: (line: string) => void, end: (exitCode: number) => void): Command {
  const program = new Command('mustaqil').description('Looks after a Mustaqil installation.');
  const platform = program.command('platform').description('the LMSs that may launch us');
  platform
    .command('add')
    .description('register an LMS, or bring its registration up to date')
    .requiredOption('--name <name>', 'what people call it')
    .requiredOption('--issuer <url>', 'issuer, which some LMSs call platform ID')
    .requiredOption('--client-id <id>')
    .requiredOption('--deployment <id>')
    .requiredOption('--auth-url <url>', 'authentication request URL')
    .requiredOption('--token-url <url>', 'access token URL')
    .requiredOption('--jwks-url <url>', 'public keyset URL')
    .option('--token-audience <text>', 'what the token endpoint expects as audience, if not its own URL')
    .option('--json')
    .action(
      async (
        options: Record<'name' | 'issuer' | 'clientId' | 'deployment' | 'authUrl' | 'tokenUrl' | 'jwksUrl', string> & {
          tokenAudience?: string;
          json?: true;
        },
      ) => {
        for (const url of [options.authUrl, options.tokenUrl, options.jwksUrl]) {
          if (isAllowedEndpoint(url, tools)) continue;
          throw new CommandError(
            `${url} cannot be used: give an https address (http only on this machine, for a trial).`,
          );
        }
        const details = {
          name: options.name,
          issuer: options.issuer,
          clientId: options.clientId,
          deploymentId: options.deployment,
          authorizationUrl: options.authUrl,
          tokenUrl: options.tokenUrl,
          tokenAudience: options.tokenAudience ?? options.tokenUrl,
          jwksUrl: options.jwksUrl,
        };
        await savePlatform(await tools.database(), details, { sealingKey: tools.sealingKey, now: tools.now() });
        const ours = {
          loginUrl: `${tools.publicUrl}/lti/login`,
          launchUrl: `${tools.publicUrl}/lti/launch`,
          jwksUrl: `${tools.publicUrl}/lti/jwks`,
        };
        if (options.json) print(JSON.stringify({ ...details, tool: ours }));
        else {
          print(`${options.name} may launch us now. In the LMS, enter:`);
          print(`  Tool URL and redirect URI  ${ours.launchUrl}`);
          print(`  Initiate login URL         ${ours.loginUrl}`);
          print(`  Public keyset URL          ${ours.jwksUrl}`);
        }
      },
    );
  platform
    .command('list')
    .description('show every registration and deployment')
    .option('--json')
    .action(async ({ json }: { json?: true }) => {
      const platforms = await listPlatforms(await tools.database());
      if (json) print(JSON.stringify(platforms));
      else if (platforms.length === 0) print('No LMS is registered yet. Add one with: platform add');
      for (const { name, issuer, clientId, deploymentId, state } of json ? [] : platforms) {
        print(`${name}: ${issuer}, client ${clientId}, deployment ${deploymentId}, ${state}`);
      }
    });

  const questions = program.command('questions').description('files of questions');
  questions
    .command('check <file>')
    .description('say what a file of questions holds, and what in it cannot be understood')
    .option('--json')
    .action(async (path: string, { json }: { json?: true }) => {
      const bytes = await readFile(path).catch(() => {
        throw new CommandError(`${path} cannot be read.`);
      });
      const read = readQuestions(decodeText(bytes).text, 'auto');
      const t = translator('en');
      const problems = read.problems.map(({ line, code, params }) => ({
        line,
        message: t(`questions.problems.${code}`, params),
      }));
      const found = read.questions.map(({ question: { name, type, points } }) => ({
        name,
        type,
        points: Number(points),
      }));
      if (json) print(JSON.stringify({ format: read.format, questions: found, problems }));
      else {
        print(`${path}: ${found.length} questions (${read.format ?? 'unknown format'})`);
        for (const { name, type, points } of found) print(`  ${name} — ${type}, ${points}`);
        for (const { line, message } of problems) print(`  line ${line}: ${message}`);
      }
      if (problems.length > 0) end(1);
    });
  return program;
}
