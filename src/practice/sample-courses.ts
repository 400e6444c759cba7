// What a new practice LMS begins with: two courses that know nothing of each other, for trying and for tests.
import { randomBytes } from 'node:crypto';
import { addActivity, addCourse, addPerson, administrator, enrol } from './enrol.ts';
import { newClientId, newKey } from './keys.ts';
import { noFaults, type Person, type State } from './state.ts';
import { preregisteredTool, takeToolId } from './tools.ts';

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
  /** Manages the tools. */
  admin: '2',
} as const;

/** A new LMS with its own keys, client id and the sample courses; without its tool the courses have no activities. */
export function sampleState({ hasTool = true }: { hasTool?: boolean } = {}): State {
  const state = emptyState();
  const physics = addCourse(state, { shortName: 'PHYS101', title: 'Umumiy fizika' });
  const history = addCourse(state, { shortName: 'HIST101', title: 'Buyuk ipak yoʻli tarixi' });

  const person = (givenName: string, familyName: string, username: string, idNumber = ''): Person =>
    addPerson(state, { givenName, familyName, idNumber, language: null }, username);
  enrol(state, person('Dilnoza', 'Karimova', 'teacher1').id, physics.id, 'teacher');
  enrol(state, person('Aziz', 'Rahimov', 'student1', '391261100001').id, physics.id, 'student');
  enrol(state, person('Aigul', 'Toktogulova', 'student2', '391261100002').id, physics.id, 'student');
  // Of Ivan the registry has not told the LMS a number.
  enrol(state, person('Ivan', 'Petrov', 'student3').id, physics.id, 'student');
  enrol(
    state,
    person('Өмүрбек Төлөгөнович', 'Жаңыбай-Үсөн уулу Gʻaybullayev', 'student4', '391261100004').id,
    physics.id,
    'student',
  );
  enrol(state, person('Grace', 'Saidova', 'teacher2').id, history.id, 'teacher');
  enrol(state, person('Mallory', 'Yusupova', 'student5', '391261200001').id, history.id, 'student');
  if (!hasTool) return state;

  state.tools.push({ ...preregisteredTool(state.clientId), id: takeToolId(state) });
  const activity = (courseId: string, title: string, description: string): void => {
    addActivity(state, { courseId, title, description, maximumPoints: 100 });
  };
  activity(physics.id, 'Mexanika: oʻzini tekshirish', 'Nyuton qonunlari, kuch, energiya: bilganingizni sinab koʻring.');
  activity(physics.id, 'Nyuton qonunlari (HEMIS)', 'HEMISdan koʻchirilgan savollar uchun joy.');
  activity(history.id, 'Ipak yoʻli: oʻzini tekshirish', 'Karvonlar, shaharlar, sanalar.');
  return state;
}

function emptyState(): State {
  return {
    clientId: newClientId(),
    siteGuid: randomBytes(16).toString('hex'),
    keys: [newKey()],
    tools: [],
    lastToolId: 0,
    people: [administrator()],
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
