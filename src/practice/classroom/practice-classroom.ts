// A practice Google Classroom: its accounts, its API and its pages, for tests to be the peer of and for whoever wants to try. A test may
// also open a frame by the address that Google would give it.
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { newKey } from '../keys.ts';
import type { Store } from '../store.ts';
import { addOnContextMethods } from './add-on-context.ts';
import { ApiError, faultOf } from './api-error.ts';
import { attachmentWorkMethods } from './attachment-work.ts';
import { attachmentMethods } from './attachments.ts';
import { courseWorkMethods } from './course-work.ts';
import { courseMethods } from './courses.ts';
import { frameAddress, type Opening } from './frame-address.ts';
import { createHostApp, setUpViews } from './host/host-app.ts';
import { separateOrigins } from './host/origins.ts';
import { addItem, copyItem, settle, type NewItem } from './items.ts';
import { memberMethods } from './members.ts';
import { oauthRoutes, revoke } from './oauth.routes.ts';
import { studentSubmissionMethods } from './student-submissions.ts';
import { emptyState, newId, type Account, type Item, type PracticeCourse, type State } from './state.ts';

export interface PracticeClassroom {
  readonly state: State;
  addAccount(account: { givenName: string; familyName: string; hasAddOns?: boolean }): Account;
  addCourse(course: { name: string; teacherIds: string[]; studentIds: string[] }): PracticeCourse;
  /** A post as a teacher makes it in Classroom. */
  addItem(item: NewItem): Item;
  /** A copy of a post in another course: new ids everywhere, and nobody is told. */
  copyItem(itemId: string, courseId: string): Item;
  /** As somebody does it in their account, for every client. */
  revoke(userId: string): void;
  /** The address with which Google opens something of ours for somebody, with what it appends to it. */
  frameAddress(uri: string, opening: Opening): string;
}

/**
 * @param given.url where it is reached, without a slash at the end; also its issuer
 * @param given.pagesUrl where its pages are reached, if not there
 */
export function createPracticeClassroom({
  url,
  pagesUrl = url,
  now,
  store,
}: {
  url: string;
  pagesUrl?: string;
  now: () => Date;
  /** Goes on from what is stored, and keeps what changes; without it, nothing is kept. */
  store?: Store<State>;
}): {
  app: Express;
  classroom: PracticeClassroom;
} {
  const state = store?.load() ?? emptyState(newKey());
  const classroom = handles(state, now);
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  setUpViews(app);
  if (store) app.use(keepChanges(state, store));
  app.use(express.text({ type: () => true, limit: '1mb' }));
  app.use(separateOrigins);
  app.use((_req, _res, next) => {
    settle(state, now().getTime());
    next();
  });
  app.use(oauthRoutes({ url, state, now }));
  app.use('/v1', (_req, res, next) => {
    if (state.fault === 429) res.set('Retry-After', '30');
    if (state.fault !== null) throw faultOf(state.fault);
    next();
  });
  const api = { state, now, pagesUrl };
  app.use(courseMethods(api), memberMethods(api), courseWorkMethods(api), studentSubmissionMethods(api));
  app.use(addOnContextMethods(api), attachmentMethods(api), attachmentWorkMethods(api));
  app.use('/v1', (_req, res) => void res.status(404).type('html').send('<h1>Error 404 (Not Found)</h1>'));
  app.use(createHostApp({ classroom, now }));
  app.use(refuse);
  return { app, classroom };
}

/** Keeps the state after each answer that changed it. */
function keepChanges(state: State, store: Store<State>): RequestHandler {
  let kept = '';
  return (_req, res, next) => {
    res.on('finish', () => {
      const now = JSON.stringify(state);
      if (now !== kept) store.save(state);
      kept = now;
    });
    next();
  };
}

const refuse: ErrorRequestHandler = (error: unknown, _req, res, next) => {
  if (!(error instanceof ApiError)) {
    next(error);
    return;
  }
  const { code, status, message, reason } = error;
  res.status(code).json({ error: { code, status, message, ...(reason !== null && { details: [{ reason }] }) } });
};

function handles(state: State, now: () => Date): PracticeClassroom {
  return {
    state,
    addAccount: ({ givenName, familyName, hasAddOns = true }) => {
      const id = newId(state);
      const account = { id, givenName, familyName, email: `${id}@practice.test`, hasAddOns };
      state.accounts.push(account);
      return account;
    },
    addCourse: (given) => {
      const course = { id: newId(state), section: null, isArchived: false, ...given };
      state.courses.push(course);
      return course;
    },
    addItem: (item) => addItem(state, now().getTime(), item),
    copyItem: (itemId, courseId) => {
      const original = state.items.find(({ id }) => id === itemId);
      if (!original) throw new Error(`There is no post ${itemId}`);
      return copyItem(state, now().getTime(), original, courseId);
    },
    revoke: (userId) => {
      for (const { clientId } of state.clients) revoke(state, userId, clientId);
    },
    frameAddress: (uri, opening) => frameAddress(state, now().getTime(), uri, opening),
  };
}
