// The table of what LTI Advantage asks of us: nothing is missing from it, and what it cites is there.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { testFiles, titlesOf } from './test-titles.ts';

interface Row {
  /** `92`, `6.1.1-7`, `own 3`, or the letter of a part of the acceptance list. */
  key: string;
  cells: string[];
  /** File → test. */
  cited: { file: string; title: string }[];
  /** What the row says beside its citations. */
  words: string;
}

const page = readFileSync(join(import.meta.dirname, '../../docs/lti-obligations.md'), 'utf8');
const rows = page
  .split('\n')
  .filter((line) => /^\| (\d[\d.-]*|[A-H]) \|/.test(line))
  .map(rowOf);

const obligations = range(1, 132).map(String);
const guide = [
  ...range(1, 12).map((test) => `6.1.1-${test}`),
  ...range(1, 9).flatMap((test) => [`6.1.2-${test}`, `6.1.3-${test}`]),
  ...range(1, 7).map((test) => `6.2-${test}`),
  '6.3',
  '6.4',
];
const attacks = range(1, 19).map((attack) => `own ${attack}`);

describe('the table of obligations', () => {
  test('has each of the 132 exactly once, in order, with a level', () => {
    const numbered = rows.filter(({ key, cells }) => obligations.includes(key) && cells.length === 4);
    expect(numbered.map(({ key }) => key)).toEqual(obligations);
    expect(numbered.filter(({ cells }) => !/^[MSD](\/[MSD])?$/.test(cells[2] ?? ''))).toEqual([]);
  });

  test('has every test of the certification guide, every further attack, and every part of the acceptance list', () => {
    const parts = 'ABCDEFGH'.split('');
    const others = rows.map(({ key }) => key).filter((key) => !obligations.includes(key) && !parts.includes(key));
    expect(others.sort()).toEqual([...guide, ...attacks].sort());
    expect(parts.filter((part) => !rows.some(({ key }) => key === part))).toEqual([]);
  });

  test('has in each row a proof, or a reason in words', () => {
    expect(rows.filter(({ cited, words }) => cited.length === 0 && words.length < 20)).toEqual([]);
    expect(rows.filter(({ key, cited }) => /^(6\.|own)/.test(key) && cited.length === 0)).toEqual([]);
  });

  test('cites only tests that there are', () => {
    const missing = rows.flatMap(({ key, cited }) =>
      cited.filter((citation) => !isThere(citation)).map(({ file, title }) => `${key}: ${file} → ${title}`),
    );
    expect(missing).toEqual([]);
  });

  test('knows every test that bears the number of a row', () => {
    const forgotten = testFiles
      .filter((file) => !file.startsWith('practice/'))
      .flatMap((file) => titlesOf(file).flatMap((title) => keysIn(title).map((key) => ({ file, title, key }))))
      .filter(({ file, key }) => !rows.some((row) => row.key === key && row.cited.some((cited) => cited.file === file)))
      .map(({ file, title, key }) => `${key}: ${file} → ${title}`);
    expect(forgotten).toEqual([]);
  });
});

test('the numbers in a title are understood', () => {
  expect(keysIn('is asked for (lti.md 79-81, 128)')).toEqual(['79', '80', '81', '128']);
  expect(keysIn('is refused (lti.md 39; 1.12, own 14)')).toEqual(['39', 'own 14']);
  expect(keysIn('goes back (lti.md 77; cert 6.2-3, 6.2-6)')).toEqual(['77', '6.2-3', '6.2-6']);
  expect(keysIn('a copy (lti.md 83, §2.12) of two (obligations 63-65)')).toEqual(['83', '63', '64', '65']);
  expect(keysIn('holds 2 (of 3, 4) columns (lti.md 2.5)')).toEqual([]);
});

function rowOf(line: string): Row {
  const cells = line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
  const [number = ''] = cells;
  const parts = (cells.at(-1) ?? '').split('<br>');
  const citations = parts.map((part) => /^`([\w./-]+)` → (.+)$/.exec(part));
  return {
    key: isAttack(line) ? `own ${number}` : number,
    cells,
    cited: citations.flatMap((match) => (match ? [{ file: match[1] ?? '', title: match[2] ?? '' }] : [])),
    words: parts.filter((_part, index) => !citations[index]).join(' '),
  };
}

/** The obligations and the further attacks are both numbered from 1; the obligations have a column more. */
function isAttack(line: string): boolean {
  return /^\| \d+ \|/.test(line) && line.split('|').length === 5;
}

/** A title may be cited with its groups before it, `group › test`, and without the numbers at its end. */
function isThere({ file, title }: { file: string; title: string }): boolean {
  const known = new Set(titlesOf(file).map(withoutNumbers));
  return title.split(' › ').every((part) => known.has(part));
}

function withoutNumbers(title: string): string {
  return title.replace(/ \((?:lti\.md|obligations?|cert|1\.12|\d)[^()]*\).*$/, '');
}

/** What `(lti.md 3, 38; cert 6.1.1-7; 1.12, own 4)` names. */
function keysIn(title: string): string[] {
  return [...title.matchAll(/\(((?:lti\.md|obligations?|cert) [^()]*)\)/g)].flatMap(([, numbers = '']) =>
    numbers.split(/[;,]/).flatMap((part) => {
      const name = part.trim().replace(/^(lti\.md|obligations?|cert) /, '');
      const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(name) ?? [];
      if (first !== undefined) return range(Number(first), Number(last)).map(String);
      return /^6\.\d/.test(name) || /^own \d+$/.test(name) ? [name] : [];
    }),
  );
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
