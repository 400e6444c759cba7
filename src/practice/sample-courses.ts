// What a new practice LMS begins with: two courses that know nothing of each other, for trying and for tests.
import { randomBytes } from 'node:crypto';
import { addActivity, addCourse, addPerson, enrol } from './enrol.ts';
import { newKey } from './keys.ts';
import { noFaults, type Person, type State } from './state.ts';

/** The ids of the sample, the same in every new LMS. */
export const sample = {
  physics: { course: '2', mechanics: '1', newton: '2' },
  dilnoza: '3',
  aziz: '4',
  aigul: '5',
  ivan: '6',
  /** Has a very long name with ң ө ү and ʻ. */
  omurbek: '7',
  history: { course: '3', silkRoad: '3' },
  /** The teacher of the other course. */
  grace: '8',
  /** A student of the other course. */
  mallory: '9',
} as const;

/** A new LMS with its own keys, client id and the sample courses. */
export function sampleState(): State {
  const state = emptyState();
  const physics = addCourse(state, { shortName: 'PHYS101', title: 'Umumiy fizika' });
  const history = addCourse(state, { shortName: 'HIST101', title: 'Buyuk ipak yoʻli tarixi' });

  const person = (givenName: string, familyName: string, username: string): Person =>
    addPerson(state, { givenName, familyName, language: null }, username);
  enrol(state, person('Dilnoza', 'Karimova', 'teacher1').id, physics.id, 'teacher');
  enrol(state, person('Aziz', 'Rahimov', 'student1').id, physics.id, 'student');
  enrol(state, person('Aigul', 'Toktogulova', 'student2').id, physics.id, 'student');
  enrol(state, person('Ivan', 'Petrov', 'student3').id, physics.id, 'student');
  enrol(state, person('Өмүрбек Төлөгөнович', 'Жаңыбай-Үсөн уулу Gʻaybullayev', 'student4').id, physics.id, 'student');
  enrol(state, person('Grace', 'Saidova', 'teacher2').id, history.id, 'teacher');
  enrol(state, person('Mallory', 'Yusupova', 'student5').id, history.id, 'student');

  const activity = (courseId: string, title: string, description: string): void => {
    addActivity(state, { courseId, title, description, custom: {}, maximumPoints: 100 });
  };
  activity(physics.id, 'Mexanika: oʻzini tekshirish', 'Nyuton qonunlari, kuch, energiya: bilganingizni sinab koʻring.');
  activity(physics.id, 'Nyuton qonunlari (HEMIS)', 'HEMISdan koʻchirilgan savollar uchun joy.');
  activity(history.id, 'Ipak yoʻli: oʻzini tekshirish', 'Karvonlar, shaharlar, sanalar.');
  return state;
}

function emptyState(): State {
  return {
    clientId: randomBytes(12).toString('base64url').replaceAll(/[-_]/g, 'x').slice(0, 15),
    siteGuid: randomBytes(16).toString('hex'),
    keys: [newKey()],
    people: [],
    courses: [],
    enrolments: [],
    activities: [],
    lineItems: [],
    grades: [],
    sessions: [],
    accessTokens: [],
    faults: { ...noFaults },
  };
}
