// A practice Google Classroom: its accounts, its API and its pages, for tests to be the peer of and for whoever wants to try. A test may
// also open a frame by the address that Google would give it.
import { randomBytes } from 'node:crypto';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { newKey } from '../keys.ts';
import type { Store } from '../store.ts';
import { addOnRoutes } from './add-ons.routes.ts';
import { ApiError } from './api-call.ts';
import { courseApiRoutes } from './courses.routes.ts';
import { createHostApp, setUpViews } from './host/host-app.ts';
import { separateOrigins } from './host/origins.ts';
import { oauthRoutes, revoke } from './oauth.routes.ts';
import {
  emptyState,
  newId,
  type Account,
  type Attachment,
  type Item,
  type ItemType,
  type PracticeCourse,
  type State,
} from './state.ts';

export interface PracticeClassroom {
  readonly state: State;
  addAccount(account: { givenName: string; familyName: string; hasAddOns?: boolean }): Account;
  addCourse(course: { name: string; teacherIds: string[]; studentIds: string[] }): PracticeCourse;
  /** A post as a teacher makes it in Classroom. */
  addItem(item: { courseId: string; title: string; type?: ItemType }): Item;
  /** A copy of a post in another course: new ids everywhere, and nobody is told. */
  copyItem(itemId: string, courseId: string): Item;
  /** As somebody does it in their account, for every client. */
  revoke(userId: string): void;
  /** The address with which Google opens something of ours for somebody, with what it appends to it. */
  frameAddress(
    uri: string,
    opening: { userId: string; itemId: string; attachmentId?: string; submissionId?: string },
  ): string;
}

const addOnTokenMs = 60 * 60_000;

/** @param given.url where it is reached, without a slash at the end; also its issuer */
export function createPracticeClassroom({
  url,
  now,
  store,
}: {
  url: string;
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
  app.use(oauthRoutes({ url, state, now }));
  app.use('/v1', (_req, _res, next) => {
    if (state.fault !== null) throw new ApiError(state.fault, 'FAULT', 'a fault that was asked for');
    next();
  });
  app.use(courseApiRoutes({ state, now }), addOnRoutes({ state, now }));
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
  const submissionsFor = (courseId: string) =>
    (state.courses.find(({ id }) => id === courseId)?.studentIds ?? []).map((userId) => ({
      ...{ id: newId(state), userId, draftGrade: null, assignedGrade: null },
    }));
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
    addItem: ({ courseId, title, type = 'courseWork' }) => {
      const item: Item = {
        ...{ id: newId(state), courseId, type, title, maxPoints: null, links: [], madeBy: null, attachments: [] },
        submissions: type === 'courseWork' ? submissionsFor(courseId) : [],
      };
      state.items.push(item);
      return item;
    },
    copyItem: (itemId, courseId) => {
      const original = state.items.find(({ id }) => id === itemId);
      if (!original) throw new Error(`There is no post ${itemId}`);
      const attachments = original.attachments.map((attachment): Attachment => {
        const from = { courseId: original.courseId, itemId, attachmentId: attachment.id };
        return { ...attachment, id: newId(state), pointsEarned: {}, copyHistory: [...attachment.copyHistory, from] };
      });
      const copy = { ...original, id: newId(state), courseId, attachments, submissions: submissionsFor(courseId) };
      state.items.push(copy);
      return copy;
    },
    revoke: (userId) => {
      for (const { clientId } of state.clients) revoke(state, userId, clientId);
    },
    frameAddress: (uri, { userId, itemId, attachmentId, submissionId }) => {
      const item = state.items.find(({ id }) => id === itemId);
      if (!item) throw new Error(`There is no post ${itemId}`);
      const address = new URL(uri);
      const isNamed = state.consents.some(
        (consent) => consent.userId === userId && consent.scopes.some((scope) => scope.includes('/auth/userinfo.')),
      );
      const parameters = {
        ...{ courseId: item.courseId, itemId, itemType: item.type },
        ...(attachmentId === undefined
          ? { addOnToken: addOnTokenFor(state, now, { userId, itemId }) }
          : { attachmentId }),
        ...(submissionId !== undefined && { submissionId }),
        // Only once this person has agreed to be named.
        ...(isNamed && { login_hint: userId }),
      };
      for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
      return address.href;
    },
  };
}

function addOnTokenFor(state: State, now: () => Date, whose: { userId: string; itemId: string }): string {
  const token = randomBytes(16).toString('hex');
  state.addOnTokens.push({ ...whose, token, expiresAtMs: now().getTime() + addOnTokenMs });
  return token;
}
