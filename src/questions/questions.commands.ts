// `mustaqil questions …`: what a file of questions holds, and the same questions in another format. Works on files alone.
import { readFile, writeFile } from 'node:fs/promises';
import { parse } from 'node:path';
import type { Command } from 'commander';
import { translator } from '../i18n/i18n.ts';
import type { Format, Problem } from './formats/format.ts';
import { fileFormats } from './formats/file-registry.ts';
import { formats } from './formats/registry.ts';
import { readQuestionFile } from './read-question-file.ts';
import type { QuestionsRead } from './read-questions.ts';

/** Lines to the one who asked, lines about what is wrong, how it ended, and a complaint that ends it at once. */
type Tools = {
  print: (line: string) => void;
  complain: (line: string) => void;
  end: (exitCode: number) => void;
  fail: (message: string) => never;
};

const t = translator('en');

const allFormats: readonly Format[] = [...formats, ...fileFormats];

/** Adds the group to the program. */
export function questionsCommands(program: Command, tools: Tools): void {
  const questions = program.command('questions').description('files of questions');
  addCheck(questions, tools);
  addConvert(questions, tools);
}

function addCheck(questions: Command, tools: Tools) {
  const { print, complain, end } = tools;
  questions
    .command('check <file>')
    .description('say what a file of questions holds, and what in it cannot be understood')
    .option('--json')
    .action(async (path: string, { json }: { json?: true }) => {
      const read = await readFrom(path, tools);
      const problems = read.problems.map((problem) => ({ line: problem.line, message: messageOf(problem) }));
      const found = read.questions.map(({ question: { name, type, points } }) => ({
        name,
        type,
        points: numberOf(points),
      }));
      if (json) print(JSON.stringify({ format: read.format, questions: found, problems }));
      else {
        print(`${path}: ${found.length} questions (${read.format ?? 'unknown format'})`);
        for (const { name, type, points } of found) print(`  ${name} — ${type}, ${points}`);
        for (const { line, message } of problems) print(`  line ${line}: ${message}`);
      }
      for (const warning of read.warnings ?? []) complain(lineOf(warning));
      if (problems.length > 0) end(1);
    });
}

function addConvert(questions: Command, tools: Tools) {
  const { print, complain, end, fail } = tools;
  questions
    .command('convert <file>')
    .description('write the questions of a file in another format, and say what that cannot hold')
    .requiredOption('--to <format>', writable().join(', '))
    .option('--out <file>', 'where to; without it, to the standard output')
    .action(async (path: string, { to, out }: { to: string; out?: string }) => {
      const format = allFormats.find(({ name, write }) => name === to && write !== null);
      if (!format?.write) fail(`No format is called ${to}. There are: ${writable().join(', ')}.`);
      else if (format.kind === 'file' && out === undefined) fail(`${format.label} is no text: say --out <file>.`);
      else {
        const read = await readFrom(path, tools);
        const written = read.questions.map(({ question }) => question);
        const { body, losses } = await format.write(written, read.assets ?? [], parse(path).name);
        for (const problem of [...read.problems, ...(read.warnings ?? [])]) complain(lineOf(problem));
        for (const { index, code } of losses) complain(`${written[index]?.name}: ${t(`questions.losses.${code}`)}`);
        if (out === undefined) print(String(body).replace(/\n$/, ''));
        else await writeFile(out, body).catch(() => fail(`${out} cannot be written.`));
        if (read.problems.length > 0) end(1);
      }
    });
}

async function readFrom(path: string, { fail }: Tools): Promise<QuestionsRead> {
  const bytes = await readFile(path).catch(() => fail(`${path} cannot be read.`));
  return readQuestionFile({ bytes, name: path }, { format: 'auto' });
}

function writable(): string[] {
  return allFormats.flatMap(({ name, write }) => (write ? [name] : []));
}

function lineOf(problem: Problem): string {
  return `line ${problem.line}: ${messageOf(problem)}`;
}

function messageOf({ code, params }: Problem): string {
  return t(`questions.problems.${code}`, params);
}

function numberOf(points: string): number {
  const [numerator = '', denominator = '1'] = points.split('/');
  return Number(numerator) / Number(denominator);
}
