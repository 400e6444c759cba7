import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sample } from '../../src/practice/sample-courses.ts';
import { fileStore } from '../../src/practice/store.ts';
import { accessToken, askToken, claimsOf, robotOf, startPractice } from './support.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'practice-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('after a restart there are the same keys, ids, grades and tokens, and Aziz is still signed in', async () => {
  const path = join(folder, 'deeper/practice.json');
  const before = await startPractice({ store: fileStore(path) });
  const added = before.lms.addPerson({ givenName: 'Lola', familyName: 'Aliyeva' });
  before.lms.enrol(added.id, sample.physics.course, 'student');
  before.lms.overrideGrade(sample.physics.mechanics, sample.aziz, 70, 'Yaxshi');
  before.lms.rotateKey();
  await accessToken(before);
  const robot = await robotOf(before, sample.aziz);
  await before.close();

  const after = await startPractice({ store: fileStore(path) });
  expect(after.lms.state).toEqual(before.lms.state);
  expect(after.lms.gradeOf(sample.physics.mechanics, sample.aziz)).toMatchObject({ points: 70, comment: 'Yaxshi' });
  expect(after.lms.registration.clientId).toBe(before.lms.registration.clientId);
  const page = await robot.launch(after.lms.activityUrl(sample.physics.mechanics));
  expect(claimsOf(page).sub).toBe(sample.aziz);
  expect((await askToken(after)).status).toBe(200);
  expect(after.lms.addPerson({ givenName: 'Next', familyName: 'One' }).id).toBe(String(Number(added.id) + 1));
  await after.close();
});

test('writing leaves no second file behind', async () => {
  const practice = await startPractice({ store: fileStore(join(folder, 'practice.json')) });
  expect(readdirSync(folder)).toEqual(['practice.json']);
  await practice.close();
});

test('a file that is no state is not overwritten by a new beginning', () => {
  const path = join(folder, 'practice.json');
  writeFileSync(path, '{"people":[]}');
  expect(() => fileStore(path).load()).toThrow();
});
