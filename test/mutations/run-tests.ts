// Runs files of tests in a copy of the project, with as little as that takes: rules, and PGlite.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const reportSchema = z.object({
  numPassedTests: z.number(),
  testResults: z.array(
    z.object({
      message: z.string().catch(''),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/** What came of it. */
export interface TestRun {
  passed: number;
  /** The full names of those that failed. */
  failed: string[];
  /** Of files that did not come as far as their tests; empty where all did. */
  words: string;
}

/** Longer than any of these takes; what hangs has noticed nothing. */
const timeoutMs = 5 * 60 * 1000;

/** @param tests from the root of the project */
export async function runTests(project: string, tests: string[]): Promise<TestRun> {
  const report = join(project, 'report.json');
  rmSync(report, { force: true });
  const command = [
    ...['--import', './test/support/typescript-in-threads.mjs', '--experimental-vm-modules'],
    ...['--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'],
    ...['--selectProjects', 'rules', 'pglite', '--json', `--outputFile=${report}`, '--runTestsByPath', ...tests],
  ];
  // The folder of the database is the caller's to take away.
  const env = { ...process.env, TEST_PGLITE_FOLDER: '' };
  const child = spawn(process.execPath, command, { cwd: project, env, stdio: 'ignore', timeout: timeoutMs });
  await once(child, 'close');
  const { numPassedTests, testResults } = read(report);
  const results = testResults.flatMap(({ assertionResults }) => assertionResults);
  return {
    passed: numPassedTests,
    failed: results.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
    words: testResults
      .flatMap((file) => (file.assertionResults.length === 0 ? file.message.slice(0, 500) : []))
      .join('\n'),
  };
}

function read(report: string): z.infer<typeof reportSchema> {
  try {
    return reportSchema.parse(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    return { numPassedTests: 0, testResults: [{ message: 'the tests did not come to an end', assertionResults: [] }] };
  }
}
