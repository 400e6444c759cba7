// Who asks an LMS for its list, and what comes of what it lists.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import { courses } from '../../src/database/tables/courses.ts';
import { deployments } from '../../src/database/tables/platforms.ts';
import { listed, openSchool, teacher } from './listing-lms.ts';

let school: Awaited<ReturnType<typeof openSchool>>;
beforeAll(async () => {
  school = await openSchool();
});
afterAll(() => school.close());
beforeEach(() => school.advance(60 * 60_000));

describe('The list', () => {
  test('is asked for once, however many processes want it at the same moment', async () => {
    const courseId = await school.newCourse();
    const { lms, refresher } = school.createLms(() => [teacher]);
    const processes = [refresher(), refresher(), refresher()];
    const outcomes = await Promise.all(
      processes.flatMap((one) => [one.refreshNow(courseId), one.refreshNow(courseId)]),
    );
    expect(lms.asked).toBe(1);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(2);
    const tooSoon = { ok: false, code: 'asked-just-now' };
    expect(outcomes.filter(({ ok }) => !ok)).toEqual([tooSoon, tooSoon, tooSoon, tooSoon]);
  });

  test('that is on its way is waited for, not asked for again', async () => {
    const courseId = await school.newCourse();
    const { lms, refresher, hold } = school.createLms(() => [teacher]);
    const roster = refresher();
    hold();
    roster.refreshSoon(courseId);
    const first = roster.refreshNow(courseId);
    school.advance(30_000);
    const second = roster.refreshNow(courseId);
    lms.release();
    expect(await Promise.all([first, second])).toEqual([{ ok: true }, { ok: true }]);
    expect(lms.asked).toBe(1);
  });

  test('may be asked for by the button while nothing came by itself, the five minutes not being over', async () => {
    const courseId = await school.newCourse();
    const { lms, refresher } = school.createLms(() => [teacher]);
    const roster = refresher();
    await roster.refreshNow(courseId);
    school.advance(10_000);
    roster.refreshSoon(courseId);
    expect(await roster.refreshNow(courseId)).toEqual({ ok: true });
    expect(lms.asked).toBe(2);
  });

  test('of thousands comes whole, and who is missing in the next is marked', async () => {
    const courseId = await school.newCourse();
    const everybody = Array.from({ length: 2_500 }, (_person, index) => listed(`s${index}`));
    const roster = school.createLms(() => [teacher, ...everybody]).refresher();
    await roster.refreshNow(courseId);
    const first = await school.membersOf(courseId);
    expect(first.size).toBe(2_501);
    expect(first.get('s2499')).toMatchObject({
      name: 'Listed s2499',
      language: 'uz',
      launchedAt: null,
      isActive: true,
    });
    everybody.splice(1_000, 1_200);
    school.advance(10_000);
    await roster.refreshNow(courseId);
    const second = [...(await school.membersOf(courseId)).values()];
    expect(second.filter(({ isActive }) => !isActive)).toHaveLength(1_200);
    expect(second).toHaveLength(2_501);
    expect(second.find(({ subject }) => subject === 'teacher')).toMatchObject({ role: 'instructor', isActive: true });
  });

  test('changes of a person who is known nothing but the name', async () => {
    const courseId = await school.newCourse();
    await school.launch(courseId, 'bek', 'learner');
    const before = (await school.membersOf(courseId)).get('bek');
    school.advance(60_000);
    const test = 'http://purl.imsglobal.org/vocab/lti/system/person#TestUser';
    const members = [teacher, { ...listed('bek'), roles: ['Learner', test] }, { ...listed('new'), roles: [test] }];
    await school
      .createLms(() => members)
      .refresher()
      .refreshNow(courseId);
    const known = await school.membersOf(courseId);
    expect(known.get('bek')).toEqual({ ...before, name: 'Listed bek', rosterSeenAt: school.now() });
    expect(known.get('new')).toMatchObject({ isTestUser: true, lastLaunchAt: null });
  });

  test('touches nobody of another course or another deployment', async () => {
    const [courseId, other] = [await school.newCourse(), await school.newCourse()];
    await school.launch(other, 'bek', 'learner');
    const before = await school.membersOf(other);
    school.advance(60_000);
    await school
      .createLms(() => [teacher])
      .refresher()
      .refreshNow(courseId);
    const known = await school.membersOf(other);
    expect(known.get('bek')).toEqual(before.get('bek'));
    expect(known.get('teacher')).toEqual({ ...before.get('teacher'), name: 'Listed teacher' });
  });

  test('is not asked for where the LMS names none, or is switched off', async () => {
    const { lms, refresher } = school.createLms(() => [teacher]);
    const notOffered = { ok: false, code: 'not-offered' };
    expect(await refresher().refreshNow(await school.newCourse(null))).toEqual(notOffered);
    const courseId = await school.newCourse();
    const setState = (state: 'active' | 'disabled') =>
      school.db.update(deployments).set({ state }).where(eq(deployments.id, school.deploymentId));
    await setState('disabled');
    expect(await refresher().refreshNow(courseId)).toEqual(notOffered);
    await setState('active');
    expect(lms.asked).toBe(0);
  });

  test('that a fault of ours keeps away hurts nobody’s launch, and is in the log', async () => {
    const courseId = await school.newCourse();
    const { log, services, refresher } = school.createLms(() => [teacher]);
    services.call = () => Promise.reject(new Error('our key does not open'));
    const roster = refresher();
    roster.refreshSoon(courseId);
    await roster.settled();
    expect(log.join()).toContain('our key does not open');
    const [course] = await school.db.select().from(courses).where(eq(courses.id, courseId));
    expect(course?.rosterOutcome).toBeNull();
  });
});
