// The practice LMS as others see it: what it is given, what it is registered as, and the handles by which a test or
// the sample set-up moves it. It plays Moodle 5.1 over HTTP and knows the tool by its three addresses alone.
import { setTimeout } from 'node:timers/promises';
import type { Express } from 'express';
import { addresses, toolTypeId } from './addresses.ts';
import { type LmsContext, unixSeconds } from './context.ts';
import { coupledLineItem, findActivity, findGrade } from './directory.ts';
import { addActivity, addCourse, addPerson, enrol, unenrol } from './enrol.ts';
import { override } from './grade.ts';
import { gradeCell, saveGrade } from './gradebook.ts';
import { newKey } from './keys.ts';
import { createLmsApp } from './lms-app.ts';
import type { ReceivedRequest } from './received.ts';
import { sampleState } from './sample-courses.ts';
import type { Activity, Course, Faults, Grade, LineItem, Person, Role, State } from './state.ts';
import type { Store } from './store.ts';
import type { TokenDraft } from './token-draft.ts';

export interface PracticeLmsOptions {
  /** Where people and the tool reach this LMS, without a slash at the end; also its issuer. */
  url: string;
  /** The tool's addresses; read at every use, so they may be filled in later. */
  tool: { loginUrl: string; launchUrl: string; jwksUrl: string };
  store: Store;
  now: () => Date;
  fetch: typeof fetch;
  /** Of whoever chose none and whose browser asks for none that the pages have. */
  language?: 'en' | 'uz';
  /** In which the pages show times: an IANA zone, UTC unless told. */
  timeZone?: string;
  /** How the "slow" fault waits; a test hands in its own. */
  wait?: (ms: number) => Promise<void>;
}

/** What the tool has to know to trust this LMS. */
export interface Registration {
  name: string;
  issuer: string;
  clientId: string;
  deploymentId: string;
  authorizationUrl: string;
  tokenUrl: string;
  jwksUrl: string;
}

/** The handles. Ids are strings of digits: a person's is the `sub` of a launch, an activity's its resource link id. */
export interface PracticeLms {
  readonly registration: Registration;
  /** The live state, to look at; it is changed through the functions. */
  readonly state: State;
  /** Live switches: assign to a field and the next request meets the fault. */
  readonly faults: Faults;
  /** What was asked of token, key set and services, oldest first; the newest thousand. */
  readonly received: readonly ReceivedRequest[];
  /** Set it to make the next id_token yourself; it is used once. */
  nextToken: ((draft: TokenDraft) => string) | undefined;
  addPerson(person: { givenName: string; familyName: string; language?: string }): Person;
  addCourse(course: { shortName: string; title: string }): Course;
  /** In the place of a role they had. */
  enrol(personId: string, courseId: string, role: Role): void;
  unenrol(personId: string, courseId: string): void;
  /** `maximumPoints: null` is an activity without a grade, whose launches carry no line item; it is 100 by default. */
  addActivity(activity: {
    courseId: string;
    title: string;
    description?: string;
    maximumPoints?: number | null;
    custom?: Record<string, string>;
  }): Activity;
  /** The grade in an activity's own column; undefined while there is none. */
  gradeOf(activityId: string, personId: string): Grade | undefined;
  /** As a teacher does it in the gradebook: the tool's scores leave this grade alone from now on. */
  overrideGrade(activityId: string, personId: string, points: number | null, comment?: string): void;
  /** A locked grade answers scores with 500. */
  lockGrade(activityId: string, personId: string, isLocked?: boolean): void;
  /** Signs with a new key from now on; the key set goes on showing the old one unless `dropOld`. */
  rotateKey(options?: { dropOld?: boolean }): void;
  /** The page whose iframe holds the tool: what `robot.launch` wants. */
  activityUrl(activityId: string): string;
}

/** An LMS ready to be listened on, with its handles. Goes on from the stored state, or begins with the sample. */
export function createPracticeLms(options: PracticeLmsOptions): { app: Express; lms: PracticeLms } {
  const { url, store } = options;
  const state = store.load() ?? sampleState();
  const received: ReceivedRequest[] = [];
  const save = (): void => store.save(state);
  save();

  const columnOf = (activityId: string): LineItem => {
    const item = coupledLineItem(state, activityId);
    if (!item) throw new Error(`Activity ${activityId} has no column in the gradebook`);
    return item;
  };
  /** Changes the state and keeps it. */
  const changing = <Result>(change: () => Result): Result => {
    const result = change();
    save();
    return result;
  };

  const lms: PracticeLms = {
    registration: {
      name: 'Practice LMS',
      issuer: url,
      clientId: state.clientId,
      deploymentId: toolTypeId,
      authorizationUrl: addresses(url).authorization,
      tokenUrl: addresses(url).token,
      jwksUrl: addresses(url).jwks,
    },
    state,
    faults: state.faults,
    received,
    nextToken: undefined,
    addPerson: ({ givenName, familyName, language }) =>
      changing(() => addPerson(state, { givenName, familyName, language: language ?? null })),
    addCourse: (course) => changing(() => addCourse(state, course)),
    enrol: (personId, courseId, role) => changing(() => enrol(state, personId, courseId, role)),
    unenrol: (personId, courseId) => changing(() => unenrol(state, personId, courseId)),
    addActivity: (given) =>
      changing(() => addActivity(state, { description: '', maximumPoints: 100, custom: {}, ...given })),
    gradeOf: (activityId, personId) => {
      const item = coupledLineItem(state, activityId);
      return item && findGrade(state, item.id, personId);
    },
    overrideGrade: (activityId, personId, points, comment = '') => {
      const item = columnOf(activityId);
      const cell = gradeCell(state, item.id, personId);
      changing(() => saveGrade(state, override(cell, item, points, comment, unixSeconds(options.now()))));
    },
    lockGrade: (activityId, personId, isLocked = true) => {
      const cell = gradeCell(state, columnOf(activityId).id, personId);
      changing(() => saveGrade(state, { ...cell, isLocked }));
    },
    rotateKey: ({ dropOld = false } = {}) =>
      changing(() => {
        state.keys = [...(dropOld ? [] : state.keys), newKey()];
      }),
    activityUrl: (activityId) => {
      const activity = findActivity(state, activityId);
      if (!activity) throw new Error(`There is no activity ${activityId}`);
      return `${url}/activities/${activity.cmid}`;
    },
  };

  const context: LmsContext = {
    url,
    tool: options.tool,
    language: options.language ?? 'en',
    timeZone: options.timeZone ?? 'UTC',
    state,
    save,
    now: options.now,
    wait: options.wait ?? ((ms) => setTimeout(ms)),
    fetch: options.fetch,
    received,
    takeNextToken: () => {
      const hook = lms.nextToken;
      lms.nextToken = undefined;
      return hook;
    },
  };
  return { app: createLmsApp(context), lms };
}
