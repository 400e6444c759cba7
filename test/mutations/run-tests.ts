// Runs files of tests in a copy of the project, with as little as that takes: rules, and PGlite.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, realpathSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { z } from 'zod';

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string().catch(''),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/** What came of one file of tests. */
export interface TestedFile {
  /** From the root of the project. */
  file: string;
  passed: number;
  /** The full names of those that failed. */
  failed: string[];
  /** Why it did not come as far as its tests; empty where it did. */
  fault: string;
}

/** For each file: longer than it takes where a test and its hook hang and are ended (support/jest-globals.ts), for that is noticing. */
const timeoutMs = 5 * 60 * 1000;

/** @param tests from the root of the project; one that was not come to is left out */
export async function runTests(project: string, tests: string[]): Promise<TestedFile[]> {
  const report = join(project, 'report.json');
  rmSync(report, { force: true });
  const command = [
    ...['--import', './test/support/typescript-in-threads.mjs', '--experimental-vm-modules'],
    ...['--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'],
    ...['--selectProjects', 'rules', 'pglite', '--json', `--outputFile=${report}`, '--runTestsByPath', ...tests],
  ];
  // The folder of the database is the caller's to take away.
  const env = { ...process.env, TEST_PGLITE_FOLDER: '' };
  const child = spawn(process.execPath, command, {
    cwd: project,
    env,
    stdio: 'ignore',
    timeout: tests.length * timeoutMs,
  });
  await once(child, 'close');
  return read(report).map(({ name, message, assertionResults }) => {
    const named = (wanted: string) => assertionResults.filter(({ status }) => status === wanted);
    return {
      file: relative(realpathSync(project), name),
      passed: named('passed').length,
      failed: named('failed').map(({ fullName }) => fullName),
      fault: assertionResults.length === 0 ? message.slice(0, 500) : '',
    };
  });
}

function read(report: string): z.infer<typeof reportSchema>['testResults'] {
  try {
    return reportSchema.parse(JSON.parse(readFileSync(report, 'utf8'))).testResults;
  } catch {
    return [];
  }
}
