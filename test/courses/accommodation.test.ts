// More time for one student: given once on their page, and from then on what every page and every date goes by.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import { people } from '../../src/database/tables/courses.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { ask } from '../support/ask.ts';
import { openResults, tagOf } from '../support/grades.ts';
import { launchWith, lti, roleUri } from '../support/launches.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { answer, handIn, openAsTeacher, openQuiz, publish, takeQuiz } from '../support/people.ts';
import { nameOf, newStudent } from '../support/school.ts';

const hourMs = 60 * 60 * 1000;
const form = '#accommodation';

let mustaqil: TestMustaqil;
let ada: string;
let bob: string;
/** Both due in an hour; nobody was late yet. */
let activities: [string, string];
beforeAll(async () => {
  mustaqil = await startMustaqil();
  ada = newStudent(mustaqil, 'Ada');
  bob = newStudent(mustaqil, 'Bob');
  activities = [await newDueQuiz(), await newDueQuiz()];
  await mustaqil.roster.settled();
});
afterAll(() => mustaqil.stop());

const inHours = (hours: number) => new Date(mustaqil.clock.now().getTime() + hours * hourMs);

/** As a clock in Tashkent shows it, with a `T` or a space between day and hour. */
function inTashkent(moment: Date, between: string): string {
  return new Date(moment.getTime() + 5 * hourMs).toISOString().slice(0, 16).replace('T', between);
}

async function newDueQuiz(): Promise<string> {
  const custom = { mustaqil_due: inHours(1).toISOString() };
  const { id } = mustaqil.lms.addActivity({ courseId: sample.physics.course, title: 'Nazorat', custom });
  await publish(mustaqil, { activity: id, settings: { timeLimitMinutes: '30' } });
  return id;
}

/** The teacher, on the page of a student of the course. */
async function openPerson(subject: string): Promise<Robot> {
  const robot = await openAsTeacher(mustaqil, { activity: activities[0] });
  await robot.click('.crumb a');
  await robot.open(await pageOf(robot, subject));
  return robot;
}

async function pageOf(robot: Robot, subject: string): Promise<string> {
  const [person] = await mustaqil.db.select().from(people).where(eq(people.subject, subject));
  const course = /\/courses\/\d+/.exec(robot.page.html)?.[0] ?? '';
  return `${course}/people/${person?.id}/progress`;
}

const words = ({ page: { $ } }: Robot, selector = 'main') => $(selector).text().replace(/\s+/g, ' ').trim();

test('Ada gets half as much time again, and reads of it at once in every activity; Bob has what he had', async () => {
  const until = inHours(1.25);
  const dilnoza = await openPerson(ada);
  expect(words(dilnoza, '#more-time')).toContain('The same time as everybody.');
  expect(dilnoza.page.$('[name=clear], #more-time [role=status]')).toHaveLength(0);
  await dilnoza.submit(form, { extraTimePercent: 'half' });
  expect(dilnoza.page.$('[name=clear]')).toHaveLength(0);
  await dilnoza.submit(form, { extraTimePercent: '50' });
  expect(words(dilnoza, '#more-time [role=status]')).toBe('Saved. It holds from now on.');
  expect(dilnoza.page.$('[name=clear]')).toHaveLength(1);
  expect(words(dilnoza, '#more-time p strong')).toBe('50% more time');
  for (const activity of activities) {
    const robot = await openQuiz(mustaqil, { student: ada, activity });
    expect(words(robot)).toContain(`You have until ${inTashkent(until, ' ')}: your teacher gave you more time.`);
  }
  const other = await openQuiz(mustaqil, { student: bob, activity: activities[0] });
  expect(words(other)).toContain(`Hand in by ${inTashkent(inHours(1), ' ')}`);
});

test('The course page lists who has more time, and leads there', async () => {
  const dilnoza = await openAsTeacher(mustaqil, { activity: activities[0] });
  await dilnoza.click('.crumb a');
  expect(words(dilnoza, '#more-time')).toBe(`${nameOf(mustaqil, ada)} 50% more time`);
  await dilnoza.click('#more-time a');
  expect(dilnoza.page.$('h1').text()).toBe(nameOf(mustaqil, ada));
});

test('A mistake is told beside its field, what was typed is kept, and nothing is saved', async () => {
  const dilnoza = await openPerson(ada);
  await dilnoza.submit(form, { extraTimePercent: '500', dueUntil: '2026-13-01T10:00' });
  const { $, status } = dilnoza.page;
  expect(status).toBe(422);
  expect($('#extra-time').attr('value')).toBe('500');
  expect($('#due-until').attr('value')).toBe('2026-13-01T10:00');
  expect($('[aria-invalid=true]')).toHaveLength(2);
  expect($('#extra-time-problem').text()).toBe('Write a whole number from 0 to 400.');
  await dilnoza.submit(form, { extraTimePercent: '50%', dueUntil: '' });
  expect(words(dilnoza, '#more-time p strong')).toBe('50% more time');
});

test('A day of her own holds for Ada, by the clock of the installation, and stands in the form as it was given', async () => {
  const until = inTashkent(inHours(4), 'T');
  const dilnoza = await openPerson(ada);
  await dilnoza.submit(form, { dueUntil: until });
  expect(words(dilnoza, '#more-time p strong')).toBe(`50% more time · may hand in until ${until.replace('T', ' ')}`);
  expect(dilnoza.page.$('#due-until').attr('value')).toBe(until);
  const robot = await openQuiz(mustaqil, { student: ada, activity: activities[0] });
  await robot.click('.crumb a');
  expect(words(robot, '.notice')).toContain(`Your teacher gave you more time in this course: 50% more time`);
  expect(words(robot)).toContain(`hand in by ${until.replace('T', ' ')}`);
});

test('What comes after the date is taken, and everybody reads that it is late; what comes on Ada’s own day is not', async () => {
  mustaqil.clock.advance(2 * hourMs);
  const [activity] = activities;
  for (const [student, isLate] of [
    [ada, false],
    [bob, true],
  ] as const) {
    const robot = await openQuiz(mustaqil, { student, activity });
    const isTold = (page: Robot) => words(page).includes('You can still hand in. It will be marked as late.');
    expect(isTold(robot)).toBe(isLate);
    await answer(robot, { sum: '5' });
    expect(isTold(robot)).toBe(isLate);
    await handIn(robot);
    const tag = isLate ? 'late' : '';
    expect(words(robot, '.result .tag.late')).toBe(tag);
    await robot.click('.crumb a');
    expect(words(robot, '.row .tag.late')).toBe(tag);
    await robot.click('.crumb a');
    expect(words(robot, '.row .tag.late')).toBe(tag);
  }
  const dilnoza = await openResults(mustaqil, activity);
  expect(tagOf(dilnoza, nameOf(mustaqil, ada))).toBe('');
  expect(tagOf(dilnoza, nameOf(mustaqil, bob))).toBe('late');
  await dilnoza.open(dilnoza.page.$(`tbody a:contains("${nameOf(mustaqil, bob)}")`).attr('href') ?? '');
  expect(words(dilnoza, '.row .tag.late')).toBe('late');
  await mustaqil.deliver();
  expect(mustaqil.lms.gradeOf(activity, bob)).toMatchObject({ points: 50 });
});

test('Taken back, Ada has the same time as everybody again, and the course page lists nobody', async () => {
  const dilnoza = await openPerson(ada);
  await dilnoza.submit('button[name=clear]');
  expect(words(dilnoza, '#more-time')).toContain('The same time as everybody.');
  await dilnoza.open(new URL(dilnoza.page.url).pathname.replace(/\/people.*/, ''));
  expect(dilnoza.page.$('#more-time')).toHaveLength(0);
  await takeQuiz(await openQuiz(mustaqil, { student: ada, activity: activities[1] }), {});
  const results = await openResults(mustaqil, activities[1]);
  expect(tagOf(results, nameOf(mustaqil, ada))).toBe('late');
});

test('An assistant reads who has more time and gives none; students and teachers of other courses find nothing', async () => {
  const page = await pageOf(await openPerson(ada), ada);
  const address = `${mustaqil.url}${page.replace('/progress', '/accommodation')}`;
  const activity = activities[0];
  const roles = { [lti('roles')]: [roleUri.assistant] };
  const helper = await launchWith(mustaqil, { person: newStudent(mustaqil, 'Hilola'), activity, claims: roles });
  const student = await openQuiz(mustaqil, { student: bob, activity });
  const stranger = await openAsTeacher(mustaqil, { activity: sample.history.silkRoad, teacher: sample.grace });
  const own = await openPerson(ada);
  await own.submit(form, { extraTimePercent: '25' });
  for (const [robot, status] of [
    [helper, 403],
    [student, 403],
    [stranger, 404],
  ] as const) {
    const token = robot.page.$('input[name=_csrf]').attr('value') ?? '';
    const asked = await ask(address, {
      as: robot,
      form: { extraTimePercent: '400' },
      headers: { 'x-csrf-token': token },
    });
    expect(asked.status).toBe(status);
  }
  await helper.open(page);
  expect(words(helper, '#more-time')).toBe('More time 25% more time');
  expect(helper.page.$(form)).toHaveLength(0);
  await own.open(page.replace(/people\/\d+/, 'people/999999'));
  expect(own.page.status).toBe(404);
});

test('A form without any field gives what everybody has, and is no fault of ours', async () => {
  const own = await openPerson(ada);
  const address = `${mustaqil.url}${(await pageOf(own, ada)).replace('/progress', '/accommodation')}`;
  const token = own.page.$('input[name=_csrf]').attr('value') ?? '';
  const asked = await ask(address, { method: 'POST', as: own, headers: { 'x-csrf-token': token } });
  expect(asked.status).toBe(303);
});
