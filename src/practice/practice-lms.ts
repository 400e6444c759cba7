// The practice LMS as others see it: what it is given, what it is registered as, and the handles by which a test or
// the sample set-up moves it. It plays Moodle 5.1 over HTTP, or an LMS that keeps to the specifications, and knows a tool
// by its addresses alone.
import { setTimeout } from 'node:timers/promises';
import type { Express } from 'express';
import { addresses } from './addresses.ts';
import { deleteTool } from './admin.routes.ts';
import { type LmsContext, unixSeconds } from './context.ts';
import { copyCourse, type CopyOptions } from './copy-course.ts';
import { coupledLineItem, findGrade } from './directory.ts';
import { addActivity, addCourse, addPerson, enrol, unenrol } from './enrol.ts';
import { existingActivity, existingColumn, existingCourse, existingEnrolment } from './existing.ts';
import { entered, override } from './grade.ts';
import { deleteLineItem, gradeCell, saveGrade } from './gradebook.ts';
import { newKey } from './keys.ts';
import { createLmsApp } from './lms-app.ts';
import type { ChangePage } from './memberships.routes.ts';
import { moodle } from './quirks/moodle.ts';
import { spec } from './quirks/spec.ts';
import type { ReceivedRequest } from './received.ts';
import { sampleState } from './sample-courses.ts';
import type { Activity, Course, Faults, Grade, Period, Person, Role, State, Tool } from './state.ts';
import type { storageFrameName } from './storage.ts';
import type { Store } from './store.ts';
import type { TokenDraft } from './token-draft.ts';
import { preregisteredId, type ToolAddresses, toolsOf } from './tools.ts';

export interface PracticeLmsOptions {
  /** Where people and the tool reach this LMS, without a slash at the end; also its issuer. */
  url: string;
  /**
   * The addresses of the tool that is registered already; read at every use, so they may be filled in later. Null: an
   * LMS without tools, whose sample courses are empty.
   */
  tool: ToolAddresses | null;
  /** Which LMS is played; Moodle 5.1 unless told. */
  quirks?: 'moodle' | 'spec';
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

/** What the preregistered tool has to know to trust this LMS. */
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
  /** Set it to send another page the next time somebody asks for a roster; it is used once. */
  nextRosterPage: ChangePage | undefined;
  /** Where data is kept by postMessage: `_parent`, the name of the page's frame, or null; by default the quirk set's. */
  storageTarget: '_parent' | typeof storageFrameName | null;
  /** The tools as they are now. */
  readonly tools: readonly Tool[];
  activateTool(toolId: string): void;
  deleteTool(toolId: string): void;
  /** The administrator's page with the form `#add-tool` for a registration link. */
  readonly toolRegistrationUrl: string;
  addPerson(person: { givenName: string; familyName: string; idNumber?: string; language?: string }): Person;
  addCourse(course: { shortName: string; title: string }): Course;
  /** In the place of a role they had. */
  enrol(personId: string, courseId: string, role: Role): void;
  unenrol(personId: string, courseId: string): void;
  /** Keeps a person enrolled and out of the course. */
  suspend(personId: string, courseId: string, isSuspended?: boolean): void;
  /** Whom a mentor of the course looks after, in the place of those before. */
  setMentees(personId: string, courseId: string, menteeIds: readonly string[]): void;
  /** A copy for the course's first teacher, or another one; no other people, no grades. */
  copyCourse(courseId: string, options?: CopyOptions): Course;
  /** `maximumPoints: null` is an activity without a grade, whose launches carry no line item; it is 100 by default. */
  addActivity(activity: {
    courseId: string;
    title: string;
    description?: string;
    maximumPoints?: number | null;
    custom?: Record<string, string>;
    /** The preregistered one unless told; null: whichever the `url` belongs to. */
    toolId?: string | null;
    url?: string | null;
    available?: Period | null;
    submission?: Period | null;
  }): Activity;
  /** The grade in an activity's own column; undefined while there is none. */
  gradeOf(activityId: string, personId: string): Grade | undefined;
  /** As a teacher does it in the gradebook: the tool's scores leave this grade alone from now on. */
  overrideGrade(activityId: string, personId: string, points: number | null, comment?: string): void;
  /** Puts points into the gradebook without overriding: as an import does, and as a teacher does in an LMS that knows no overriding. */
  enterGrade(activityId: string, personId: string, points: number | null): void;
  /** A locked grade answers scores with 500. */
  lockGrade(activityId: string, personId: string, isLocked?: boolean): void;
  /** Takes the activity's column out of the gradebook, with its grades; the activity stays. */
  deleteColumn(activityId: string): void;
  /** Signs with a new key from now on; the key set goes on showing the old one unless `dropOld`. */
  rotateKey(options?: { dropOld?: boolean }): void;
  /** The page whose iframe holds the tool: what `robot.launch` wants. */
  activityUrl(activityId: string): string;
  /** The page whose iframe holds the tool's picker, for a teacher. */
  deepLinkUrl(courseId: string, toolId?: string): string;
  /** The page whose iframe holds a student's work, for graders and for that student. */
  reviewUrl(activityId: string, personId: string): string;
}

/** An LMS ready to be listened on, with its handles. Goes on from the stored state, or begins with the sample. */
export function createPracticeLms(options: PracticeLmsOptions): { app: Express; lms: PracticeLms } {
  const { url, store } = options;
  const state = store.load() ?? sampleState({ hasTool: options.tool !== null });
  const quirks = options.quirks === 'spec' ? spec : moodle;
  const received: ReceivedRequest[] = [];
  const save = (): void => store.save(state);
  const now = (): Date => new Date(options.now().getTime() + state.faults.clockAheadSeconds * 1000);
  save();

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
      deploymentId: preregisteredId,
      authorizationUrl: addresses(url).authorization,
      tokenUrl: addresses(url).token,
      jwksUrl: addresses(url).jwks,
    },
    state,
    faults: state.faults,
    received,
    nextToken: undefined,
    nextRosterPage: undefined,
    storageTarget: quirks.storageTarget,
    get tools() {
      return toolsOf(context);
    },
    activateTool: (toolId) =>
      changing(() => {
        for (const tool of state.tools) if (tool.id === toolId) tool.state = 'active';
      }),
    deleteTool: (toolId) => changing(() => deleteTool(context, toolId)),
    toolRegistrationUrl: `${url}/admin/tools`,
    addPerson: ({ language = null, ...person }) => changing(() => addPerson(state, { ...person, language })),
    addCourse: (course) => changing(() => addCourse(state, course)),
    enrol: (personId, courseId, role) => changing(() => enrol(state, personId, courseId, role)),
    unenrol: (personId, courseId) => changing(() => unenrol(state, personId, courseId)),
    suspend: (personId, courseId, isSuspended = true) =>
      changing(() => {
        existingEnrolment(state, personId, courseId).isSuspended = isSuspended;
      }),
    setMentees: (personId, courseId, menteeIds) =>
      changing(() => {
        existingEnrolment(state, personId, courseId).menteeIds = [...menteeIds];
      }),
    copyCourse: (courseId, copyOptions = {}) =>
      changing(() => copyCourse(state, existingCourse(state, courseId), copyOptions)),
    addActivity: (given) => changing(() => addActivity(state, { maximumPoints: 100, ...given })),
    gradeOf: (activityId, personId) => {
      const item = coupledLineItem(state, activityId);
      return item && findGrade(state, item.id, personId);
    },
    overrideGrade: (activityId, personId, points, comment = '') => {
      const item = existingColumn(state, activityId);
      const cell = gradeCell(state, item.id, personId);
      changing(() => saveGrade(state, override(cell, item, points, comment, unixSeconds(now()))));
    },
    enterGrade: (activityId, personId, points) => {
      const item = existingColumn(state, activityId);
      const cell = gradeCell(state, item.id, personId);
      changing(() => saveGrade(state, entered(cell, item, points, unixSeconds(now()))));
    },
    lockGrade: (activityId, personId, isLocked = true) => {
      const cell = gradeCell(state, existingColumn(state, activityId).id, personId);
      changing(() => saveGrade(state, { ...cell, isLocked }));
    },
    deleteColumn: (activityId) => changing(() => deleteLineItem(state, existingColumn(state, activityId))),
    rotateKey: ({ dropOld = false } = {}) =>
      changing(() => {
        state.keys = [...(dropOld ? [] : state.keys), newKey()];
      }),
    activityUrl: (activityId) => `${url}/activities/${existingActivity(state, activityId).cmid}`,
    deepLinkUrl: (courseId, toolId = preregisteredId) => `${url}/courses/${courseId}/tools/${toolId}`,
    reviewUrl: (activityId, personId) =>
      `${url}/activities/${existingActivity(state, activityId).cmid}/review/${personId}`,
  };

  const context: LmsContext = {
    url,
    preregistered: options.tool,
    quirks,
    storageTarget: () => lms.storageTarget,
    language: options.language ?? 'en',
    timeZone: options.timeZone ?? 'UTC',
    state,
    save,
    now,
    wait: options.wait ?? ((ms) => setTimeout(ms)),
    fetch: options.fetch,
    received,
    takeNextToken: () => {
      const hook = lms.nextToken;
      lms.nextToken = undefined;
      return hook;
    },
    takeNextRosterPage: () => {
      const hook = lms.nextRosterPage;
      lms.nextRosterPage = undefined;
      return hook;
    },
  };
  return { app: createLmsApp(context), lms };
}
