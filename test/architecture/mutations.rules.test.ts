// The list of checks that a run takes away one at a time stays one of checks that are there.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { mutations } from '../mutations/mutations.ts';

const root = join(import.meta.dirname, '../..');

test('what each takes away stands in its file once', () => {
  expect(mutations.length).toBeGreaterThan(60);
  const timesOf = ({ file, from }: (typeof mutations)[number]) =>
    readFileSync(join(root, file), 'utf8').split(from).length - 1;
  expect(mutations.filter((one) => timesOf(one) !== 1).map(({ name }) => name)).toEqual([]);
});

test('each has a name of its own, and tests that are there', () => {
  const names = mutations.map(({ name }) => name);
  expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
  const missing = mutations.filter(
    ({ tests }) => tests.length === 0 || !tests.every((one) => existsSync(join(root, one))),
  );
  expect(missing.map(({ name }) => name)).toEqual([]);
});
