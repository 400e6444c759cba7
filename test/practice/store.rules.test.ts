import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sample, sampleState } from '../../src/practice/sample-courses.ts';
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

test('a file of an older practice LMS, with one tool and no administrator, goes on', async () => {
  const path = join(folder, 'practice.json');
  writeFileSync(path, JSON.stringify(olderState()));
  const practice = await startPractice({ store: fileStore(path) });
  const { lms } = practice;
  expect(lms.registration.clientId).toBe('old-client');
  expect(lms.tools).toMatchObject([{ id: '1', clientId: 'old-client', state: 'active' }]);
  const admin = await robotOf(practice, sample.admin);
  expect((await admin.open(lms.toolRegistrationUrl)).$('[data-tool="1"]')).toHaveLength(1);
  const aziz = await robotOf(practice, sample.aziz);
  expect(claimsOf(await aziz.launch(lms.activityUrl('1')))).toMatchObject({ aud: 'old-client', sub: sample.aziz });
  expect(lms.gradeOf('1', sample.aziz)).toMatchObject({ points: 70 });
  expect(lms.copyCourse('2').copiedFromIds).toEqual(['2']);
  await practice.close();
});

/** As it was written before an LMS had several tools. */
function olderState(): object {
  const { keys, siteGuid } = sampleState();
  return {
    ...{ clientId: 'old-client', siteGuid, keys },
    people: [
      {
        ...{ id: '4', username: 'student1', givenName: 'Aziz', familyName: 'Rahimov' },
        ...{ email: 'student1@example.com', language: null },
      },
    ],
    courses: [{ id: '2', shortName: 'PHYS101', title: 'Umumiy fizika' }],
    enrolments: [{ personId: '4', courseId: '2', role: 'student' }],
    activities: [{ id: '1', cmid: '2', courseId: '2', title: 'Mexanika', description: '', custom: {} }],
    lineItems: [
      {
        ...{ id: '2', courseId: '2', activityId: '1', isCoupled: true },
        ...{ label: 'Mexanika', maximumPoints: 100, resourceId: '', tag: '' },
      },
    ],
    grades: [
      {
        ...{ lineItemId: '2', personId: '4', rawPoints: 70, points: 70, comment: null },
        ...{ timeModified: 1, isOverridden: false, isLocked: false },
      },
    ],
    sessions: [
      { id: 'ab', personId: '4', language: null, launches: { ltilaunch1_5: { activityId: '1', container: 'iframe' } } },
    ],
    accessTokens: [{ token: 'cd', scopes: [], validUntil: 1 }],
    faults: { down: 'off', slowMs: 0, status: null, retryAfterSeconds: 1, refusedPersonId: null, jwksDown: false },
  };
}
