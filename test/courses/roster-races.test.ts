// Launches while an LMS's list is on its way or being written, and lists that overtake one another.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { saveCourse } from '../../src/courses/course.store.ts';
import { saveMembership } from '../../src/courses/member.store.ts';
import { getRosterState } from '../../src/courses/roster-turn.store.ts';
import type { Transaction } from '../../src/database/database.ts';
import { courses, people } from '../../src/database/tables/courses.ts';
import { until } from '../support/until.ts';
import { listed, openSchool, teacher } from './listing-lms.ts';

let school: Awaited<ReturnType<typeof openSchool>>;
beforeAll(async () => {
  school = await openSchool();
});
afterAll(() => school.close());
beforeEach(() => school.advance(60 * 60_000));

describe('The list', () => {
  test('leaves as they are those who launch while it is on its way', async () => {
    const courseId = await school.newCourse();
    await school.launch(courseId, 'bek', 'learner');
    school.advance(60_000);
    const { lms, refresher, hold } = school.createLms(() => [
      teacher,
      listed('lola'),
      { ...listed('aziz'), status: 'Inactive' },
    ]);
    const roster = refresher();
    hold();
    const refreshed = roster.refreshNow(courseId);
    school.advance(1_000);
    await school.launch(courseId, 'bek', 'learner');
    await school.launch(courseId, 'lola', 'assistant');
    await school.launch(courseId, 'aziz', 'learner');
    lms.release();
    expect(await refreshed).toEqual({ ok: true });
    const known = await school.membersOf(courseId);
    expect(known.get('bek')).toMatchObject({ isActive: true, role: 'learner' });
    expect(known.get('lola')).toMatchObject({ isActive: true, role: 'assistant', launchedAt: school.now() });
    expect(known.get('aziz')).toMatchObject({ isActive: true, launchedAt: school.now() });
  });

  test.each([200, 500])(
    'that comes after a later one changes nobody and is not spoken of (status %i)',
    async (status) => {
      const courseId = await school.newCourse();
      const slow = school.createLms(() => [teacher, listed('bek')]);
      slow.lms.status = status;
      slow.hold();
      const refreshed = slow.refresher().refreshNow(courseId);
      await until(() => slow.lms.asked > 0);
      school.advance(20_000);
      await school
        .createLms(() => [teacher, listed('lola')])
        .refresher()
        .refreshNow(courseId);
      const before = await school.membersOf(courseId);
      const state = await getRosterState(school.db, courseId);
      slow.lms.release();
      await refreshed;
      expect(await school.membersOf(courseId)).toEqual(before);
      expect(await getRosterState(school.db, courseId)).toEqual(state);
      expect(state).toMatchObject({ outcome: 'read', readAt: school.now(), askedAt: school.now() });
    },
  );

  test('gives way to a launch that ends while the list is being written', async () => {
    const courseId = await school.newCourse();
    await school.launch(await school.newCourse(), 'zarina', 'learner');
    const { lms, refresher, hold } = school.createLms(() => [teacher, { ...listed('zarina'), name: undefined }]);
    hold();
    const refreshed = refresher().refreshNow(courseId);
    await until(() => lms.asked > 0);
    await school.db.transaction(async (tx) => {
      const [zarina] = await tx.select().from(people).where(eq(people.subject, 'zarina'));
      await saveMembership(tx, { courseId, personId: zarina?.id ?? 0, role: 'assistant' }, school.now());
      lms.release();
      // The embedded engine lets nobody else in until this is over.
      if (globalThis.engine === 'postgres') await until(async () => (await waitingLocks(tx)) > 0);
    });
    expect(await refreshed).toEqual({ ok: true });
    expect((await school.membersOf(courseId)).get('zarina')).toMatchObject({
      role: 'assistant',
      launchedAt: school.now(),
    });
  });

  test('waits for a launch that has its course in hand already, and not the launch for it', async () => {
    const courseId = await school.newCourse();
    await school.launch(courseId, 'sardor', 'learner');
    const { lms, refresher, hold } = school.createLms(() => [teacher, listed('sardor'), listed('nodira')]);
    hold();
    const refreshed = refresher().refreshNow(courseId);
    await until(() => lms.asked > 0);
    const [course] = await school.db.select().from(courses).where(eq(courses.id, courseId));
    const [sardor] = await school.db.select().from(people).where(eq(people.subject, 'sardor'));
    await school.db.transaction(async (tx) => {
      const { contextId = '' } = course ?? {};
      await saveCourse(tx, { deploymentId: school.deploymentId, contextKind: 'context', contextId, title: 'Fizika' });
      lms.release();
      if (globalThis.engine === 'postgres') await until(async () => (await waitingLocks(tx)) > 0);
      await saveMembership(tx, { courseId, personId: sardor?.id ?? 0, role: 'assistant' }, school.now());
    });
    expect(await refreshed).toEqual({ ok: true });
    const known = await school.membersOf(courseId);
    expect(known.get('sardor')).toMatchObject({ role: 'assistant', launchedAt: school.now() });
    expect(known.get('nodira')).toMatchObject({ launchedAt: null });
  });

  test('and launches at the same moment do not stand in one another’s way', async () => {
    const [courseId, other] = [await school.newCourse(), await school.newCourse()];
    const subjects = Array.from({ length: 30 }, (_person, index) => `m${index}`);
    const { refresher } = school.createLms(() => [teacher, ...subjects.map((subject) => listed(subject))]);
    const roster = refresher();
    const launches = subjects.map((subject, index) =>
      school.launch(index % 2 ? courseId : other, subject, 'assistant'),
    );
    const refreshed = await Promise.all([roster.refreshNow(courseId), roster.refreshNow(other), ...launches]);
    expect(refreshed.slice(0, 2)).toEqual([{ ok: true }, { ok: true }]);
    const roles = [...(await school.membersOf(courseId)).values()].map(
      ({ launchedAt, role }) => `${launchedAt !== null} ${role}`,
    );
    expect(new Set(roles)).toEqual(new Set(['true instructor', 'true assistant', 'false learner']));
    expect(roles).toHaveLength(31);
  });
});

/** How many wait for somebody's lock just now. */
async function waitingLocks(tx: Transaction): Promise<number> {
  const answer = await tx.execute('select 1 from pg_locks where not granted');
  return z.object({ rows: z.array(z.unknown()) }).parse(answer).rows.length;
}
