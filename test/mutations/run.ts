// The mutation run: takes one check of ours away at a time and looks whether a test notices. It works on a copy of the project, with the
// embedded database alone, and ends with 0 only if every one was caught.
//
//   npm run test:mutations                      many minutes
//   npm run test:mutations -- --only nonce,csrf those whose names have one of the words in them
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import startPglite from '../support/start-pglite.ts';
import { mutations, type Mutation } from './mutations.ts';
import { runTests } from './run-tests.ts';

const root = join(import.meta.dirname, '../..');
const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const words = values.only.split(',');
const chosen = mutations.filter(({ name }) => words.some((word) => name.includes(word)));
if (chosen.length === 0) throw new Error(`No mutation has ${values.only} in its name`);

const copy = mkdtempSync(join(tmpdir(), 'mustaqil-mutations-'));
// One migrated database for all runs: no mutation is about migrations.
await startPglite();
process.on('exit', () => {
  for (const folder of [copy, process.env.TEST_PGLITE_FOLDER ?? copy]) rmSync(folder, { recursive: true, force: true });
});
for (const part of ['src', 'views', 'public', 'test', 'package.json', 'tsconfig.json']) {
  cpSync(join(root, part), join(copy, part), { recursive: true });
}
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Files of tests, and whether they pass where nothing is changed: a test that fails anyway would catch everything. */
const isSound = new Map<string, boolean>();

let missed = 0;
for (const mutation of chosen) {
  const begun = Date.now();
  const { isCaught, said } = await tryOut(mutation);
  if (!isCaught) missed += 1;
  say(`${isCaught ? 'caught' : 'MISSED'}  ${mutation.name} (${((Date.now() - begun) / 1000).toFixed(0)} s): ${said}`);
}
say(`${chosen.length - missed} caught, ${missed} missed`);
process.exitCode = missed === 0 ? 0 : 1;

async function tryOut({ file, from, to, tests }: Mutation): Promise<{ isCaught: boolean; said: string }> {
  const unsound = await findUnsound(tests);
  if (unsound) return { isCaught: false, said: `${unsound} does not pass even without it` };
  const path = join(copy, file);
  const source = readFileSync(path, 'utf8');
  const found = source.split(from).length - 1;
  if (found !== 1) return { isCaught: false, said: `what it changes stands in ${file} ${found} times` };
  writeFileSync(
    path,
    source.replace(from, () => to),
  );
  try {
    const results = await runTests(copy, tests);
    const failed = results.flatMap((one) => one.failed);
    const passed = results.reduce((sum, one) => sum + one.passed, 0);
    const [first] = failed;
    // Where nothing runs any more, no test has looked at anything.
    if (first === undefined || passed === 0) {
      return {
        isCaught: false,
        said: results.find(({ fault }) => fault)?.fault ?? `${passed} passed, ${failed.length} failed`,
      };
    }
    return { isCaught: true, said: `${failed.length} of ${failed.length + passed}, first “${first}”` };
  } finally {
    writeFileSync(path, source);
  }
}

async function findUnsound(tests: string[]): Promise<string | undefined> {
  const unknown = tests.filter((one) => !isSound.has(one));
  const results = unknown.length > 0 ? await runTests(copy, unknown) : [];
  for (const one of unknown) {
    const { passed = 0, failed = [] } = results.find(({ file }) => file === one) ?? {};
    isSound.set(one, passed > 0 && failed.length === 0);
  }
  return tests.find((one) => !isSound.get(one));
}
