// The page about what is kept of people leaves no table out, and an export gives out what that page says.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { getTableName } from 'drizzle-orm';
import { personalTables, whoColumns, workTables } from '../../src/privacy/personal-tables.ts';
import { tables } from '../support/tables.ts';
import { titlesOf } from './test-titles.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/privacy.md'), 'utf8');
const [, withData = '', without = ''] = page.split(/^## Tables with(?:out)? personal data$/m);
const rows = withData.split('\n').filter((line) => /^\| `/.test(line));
const personal = rows.map((row) => /^\| `(\w+)`/.exec(row)?.[1] ?? '');
const impersonal = [...without.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
const names = tables.map((table): string => getTableName(table));

test('every table stands on the page once: in the part with personal data, or in the list of those without', () => {
  expect(names.length).toBeGreaterThan(50);
  expect([...personal, ...impersonal].sort()).toEqual([...names].sort());
});

test('of each table with personal data it says what, why, how long, who sees it and what erasing does', () => {
  const cells = rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  expect(cells.filter((row) => row.length !== 6 || row.includes(''))).toEqual([]);
});

test('an export has a part for each table of the first list, and for no other', () => {
  expect(personalTables.map(({ table }): string => getTableName(table)).sort()).toEqual([...personal].sort());
});

test('a table that names people is in the export, or among those that only say who did something', () => {
  const known = new Set([...personalTables.map(({ table }) => table), ...workTables]);
  expect(tables.filter((table) => whoColumns(table).length > 0 && !known.has(table)).map(getTableName)).toEqual([]);
});

test('every test that it names is there', () => {
  const named = [...page.matchAll(/`test\/(web\/[\w-]+)`:\s+_([^_]+)_/g)];
  expect(named.length).toBe(2);
  const missing = named.filter(([, file = '', title = '']) => !titlesOf(file).includes(title.replace(/\s+/g, ' ')));
  expect(missing.map(([, file]) => file)).toEqual([]);
});
