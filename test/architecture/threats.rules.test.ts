// The page about threats says nothing that is not there: no file and no test that it names has gone.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { titlesOf } from './test-titles.ts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/threat-model.md'), 'utf8');
const rows = page
  .split('\n')
  .filter((line) => /^\| [A-Z]/.test(line) && !line.startsWith('| Threat |'))
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));

test('each threat has what stands against it and a test, or says why there is none', () => {
  expect(rows.length).toBeGreaterThan(20);
  expect(rows.filter((cells) => cells.length !== 3)).toEqual([]);
  expect(rows.filter(([, , proof = '']) => !/^none: |`[\w./-]+` → /.test(proof))).toEqual([]);
});

test('every source file that it names is there', () => {
  const named = rows.flatMap(([, against = '']) =>
    [...against.matchAll(/`([\w./-]+\.ts)`/g)].map(([, file = '']) => file),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((file) => !existsSync(join(root, 'src', file)))).toEqual([]);
});

test('every test that it names is there', () => {
  const named = rows
    .flatMap(([, , proof = '']) => proof.split('<br>'))
    .flatMap((part) => {
      const [, file, title] = /^`([\w./-]+)` → (.+)$/.exec(part) ?? [];
      return file !== undefined && title !== undefined ? [{ file, title }] : [];
    });
  expect(named.length).toBeGreaterThan(40);
  const missing = named.filter(({ file, title }) => !titlesOf(file).some((known) => withoutNumbers(known) === title));
  expect(missing).toEqual([]);
});

/** A title without the obligations at its end, `(lti.md 92)`. */
function withoutNumbers(title: string): string {
  return title.replace(/ \((?:lti\.md|obligations?|cert|1\.12) [^()]*\)$/, '');
}
