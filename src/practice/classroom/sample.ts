// What a practice Classroom that runs beside the tool begins with: two courses with their people, and one assignment, made as its teacher
// would make it: whatever keeps a teacher from doing so keeps this from working too.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRobot } from '../robot.ts';
import { siteNames } from './host/origins.ts';
import type { PracticeClassroom } from './practice-classroom.ts';

// Three levels below the root both in src/ and in the build, so the files need no copying.
const folder = join(import.meta.dirname, '../../../src/practice/sample');
const title = 'Mexanika: oʻzini tekshirish';

/** @param url where the practice Classroom is listened on, by its address; it and the tool must answer by now */
export async function fillSampleClassroom(classroom: PracticeClassroom, url: string): Promise<void> {
  const { state } = classroom;
  if (state.courses.length > 0) return;
  const account = (login: string, givenName: string, familyName: string, hasAddOns = false) =>
    Object.assign(classroom.addAccount({ givenName, familyName, hasAddOns }), { email: `${login}@practice.test` }).id;
  const dilnoza = account('dilnoza', 'Dilnoza', 'Karimova', true);
  const students = [
    account('aziz', 'Aziz', 'Rahimov'),
    account('aigul', 'Aigul', 'Toktogulova'),
    account('omurbek', 'Өмүрбек', 'Жаңыбай-Үсөн уулу'),
  ];
  const physics = classroom.addCourse({ name: 'Umumiy fizika', teacherIds: [dilnoza], studentIds: students });
  // Of a school without licences for add-ons.
  const history = {
    teacherIds: [account('grace', 'Grace', 'Saidova')],
    studentIds: [account('mallory', 'Mallory', 'Yusupova')],
  };
  classroom.addCourse({ name: 'Buyuk ipak yoʻli tarixi', ...history });

  const robot = createRobot({ language: 'uz', fetch: byAddress });
  await robot.open(url);
  await robot.submit(`button[name="account"][value="${dilnoza}"]`);
  await robot.open(`/courses/${physics.id}`);
  await robot.submit('button[name="type"][value="courseWork"]');
  const composer = robot.page.url;
  await robot.submit('button[data-add-on-button]', { title });
  await robot.enter();
  await robot.submit('form[data-sign-in]');
  await robot.submit('button[value="allow"]', { account: dilnoza });
  await robot.submit('form[data-signed-in]');
  const source = await readFile(join(folder, 'mexanika.gift'), 'utf8');
  await robot.submit('button[formaction$="/quizzes"]', { title, source });
  const chosen = robot.page.$('input[name=chosen][checked]').attr('value') ?? '';
  await robot.submit('#choice', { chosen });
  await robot.open(composer);
  await robot.submit('button[value="assign"]');
}

/** Only browsers know the names of this machine. */
const byAddress: typeof fetch = (input, init) => {
  const address = new URL(input instanceof Request ? input.url : input);
  if (Object.values<string>(siteNames).includes(address.hostname)) address.hostname = '127.0.0.1';
  return fetch(address, init);
};
