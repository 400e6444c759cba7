// The LMS's list of people on the teacher's page: who has never come, and who has left.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openQuiz, publish, takeQuiz } from '../support/people.ts';
import { nameOf, newStudent } from '../support/school.ts';
import { newCourse, openCourse, peopleOf, refresh, standing } from './course-page.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

describe('The list', () => {
  test('shows students who never came, from the teacher’s own launch on', async () => {
    const course = newCourse(mustaqil);
    const [bek, lola] = [newStudent(mustaqil, 'Bek', course.id), newStudent(mustaqil, 'Lola', course.id)];
    await openQuiz(mustaqil, { student: bek, activity: course.activity });
    const teacher = await openCourse(mustaqil, course);
    expect(peopleOf(teacher)).toEqual({
      [nameOf(mustaqil, course.teacher)]: ['teacher', 'came'],
      [nameOf(mustaqil, bek)]: ['student', 'came'],
      [nameOf(mustaqil, lola)]: ['student', 'not yet'],
    });
    const tally = teacher.page.$('.tally li').toArray();
    expect(tally.map((item) => teacher.page.$(item).text())).toEqual([
      '1 teacher',
      '2 students',
      '1 student has not opened anything yet',
    ]);
    expect(standing(teacher)).toMatch(/^As your LMS had it at \d{4}-/);
    const links = teacher.page.$('tbody th a').toArray();
    expect(links.map((link) => teacher.page.$(link).attr('href'))).toEqual([
      expect.stringMatching(/^\/courses\/\d+\/people\/\d+\/progress$/),
      expect.stringMatching(/^\/courses\/\d+\/people\/\d+\/progress$/),
    ]);
  });

  test('takes nobody’s work away: who was unenrolled or suspended stands apart, and comes back (lti.md 112)', async () => {
    const [course, other] = [newCourse(mustaqil), newCourse(mustaqil)];
    const [bek, lola] = [newStudent(mustaqil, 'Bek', course.id), newStudent(mustaqil, 'Lola', course.id)];
    mustaqil.lms.enrol(bek, other.id, 'student');
    await publish(mustaqil, course);
    await takeQuiz(await openQuiz(mustaqil, { student: bek, activity: course.activity }), { sum: '5' });
    await openCourse(mustaqil, other);
    mustaqil.clock.advance(5 * 60_000);
    mustaqil.lms.unenrol(bek, course.id);
    mustaqil.lms.suspend(lola, course.id);
    const teacher = await openCourse(mustaqil, course);
    expect(peopleOf(teacher)).toMatchObject({
      [nameOf(mustaqil, bek)]: ['student', 'came', 'left'],
      [nameOf(mustaqil, lola)]: ['student', 'not yet', 'left'],
    });
    expect(teacher.page.$('.row-state').text()).toContain('handed in by 1 person');
    expect(peopleOf(await openCourse(mustaqil, other))[nameOf(mustaqil, bek)]).toEqual(['student', 'not yet']);

    mustaqil.lms.enrol(bek, course.id, 'student');
    mustaqil.lms.suspend(lola, course.id, false);
    await refresh(mustaqil, teacher);
    expect(peopleOf(teacher)).toMatchObject({
      [nameOf(mustaqil, bek)]: ['student', 'came'],
      [nameOf(mustaqil, lola)]: ['student', 'not yet'],
    });
  });

  test('marks who is listed as inactive or deleted as one who left (lti.md 110)', async () => {
    const course = newCourse(mustaqil);
    const members = ['Inactive', 'Deleted', 'Active', undefined].map((status, index) => {
      return { user_id: `s${index}`, roles: ['Learner'], name: `Student ${index}`, status };
    });
    mustaqil.lms.nextRosterPage = (page) => ({ ...page, body: { members } });
    expect(peopleOf(await openCourse(mustaqil, course))).toMatchObject({
      'Student 0': ['student', 'not yet', 'left'],
      'Student 1': ['student', 'not yet', 'left'],
      'Student 2': ['student', 'not yet'],
      'Student 3': ['student', 'not yet'],
    });
  });

  test('needs neither names nor roles: who has none is listed all the same (lti.md 109)', async () => {
    const course = newCourse(mustaqil);
    mustaqil.lms.nextRosterPage = (page) => ({
      ...page,
      body: { members: [{ user_id: 'x' }, { user_id: 'y', given_name: 'Only', family_name: 'Parts' }, { roles: [] }] },
    });
    const people = peopleOf(await openCourse(mustaqil, course));
    expect(people['a person without a name']).toEqual(['guest', 'not yet']);
    expect(people['Only Parts']).toEqual(['guest', 'not yet']);
  });

  test('tells a new name of somebody who has not come since, and forgets none that it leaves out', async () => {
    const course = newCourse(mustaqil);
    const bek = newStudent(mustaqil, 'Bek', course.id);
    const teacher = await openCourse(mustaqil, course);
    Object.assign(mustaqil.lms.state.people.find(({ id }) => id === bek) ?? {}, { familyName: 'Newname' });
    expect(peopleOf(await refresh(mustaqil, teacher))).toHaveProperty('Bek Newname');
    const [tool] = mustaqil.lms.state.tools;
    Object.assign(tool ?? {}, { sharesName: false });
    expect(peopleOf(await refresh(mustaqil, teacher))).toHaveProperty('Bek Newname');
    Object.assign(tool ?? {}, { sharesName: true });
  });

  test('of more than twenty is found through by name, without a script', async () => {
    const course = newCourse(mustaqil);
    const [bek, gayrat] = [newStudent(mustaqil, 'Bek', course.id), newStudent(mustaqil, 'Gʻayrat', course.id)];
    expect((await openCourse(mustaqil, course)).page.$('form[role=search]')).toHaveLength(0);
    for (let others = 0; others < 18; others += 1) newStudent(mustaqil, 'Student', course.id);
    mustaqil.clock.advance(5 * 60_000);
    const teacher = await openCourse(mustaqil, course);
    await teacher.submit('form[role=search]', { name: "g'ayrat" });
    expect(Object.keys(peopleOf(teacher))).toEqual([nameOf(mustaqil, gayrat)]);
    await teacher.submit('form[role=search]', { name: '<b>nobody' });
    expect(teacher.page.$('#people').text()).toContain('Nobody here has such a name.');
    expect(teacher.page.$('#name').attr('value')).toBe('<b>nobody');
    await teacher.click('form[role=search] a');
    expect(peopleOf(teacher)).toHaveProperty([nameOf(mustaqil, bek)]);
  });
});
