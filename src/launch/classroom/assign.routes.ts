// "Assign to Google Classroom": the way for teachers whose accounts put no add-ons into posts. They sign in here, say which course it is for,
// and go on to the chooser (content-requests.routes.ts).
import { randomUUID } from 'node:crypto';
import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { listTaughtCourses, type GoogleCourse } from '../../classroom/courses.ts';
import { saveMembership } from '../../courses/member.store.ts';
import type { RosterRefresher } from '../../courses/refresh-roster.ts';
import type { KnownGoogleClient } from '../../platforms/classroom/client.store.ts';
import { insertContentRequest } from '../content-request.store.ts';
import { landingPath } from '../landing.ts';
import { assigningText } from './assign-content.ts';
import { rememberCourse } from './remember-course.ts';
import {
  askVisitor,
  hasAgreed,
  reasonIn,
  requireGoogleClient,
  signInEntry,
  visitorOf,
  type Visitor,
  type VisitorTools,
} from './visitor.routes.ts';

interface Tools extends VisitorTools {
  roster: Pick<RosterRefresher, 'refreshSoon'>;
}

/** Somebody who may assign, and where. */
interface Teacher {
  known: KnownGoogleClient;
  visitor: Visitor;
  taught: GoogleCourse[];
}

const form = z.object({ course: z.string().max(100).catch('') });

/** Stands behind the check of forms. */
export function assignRoutes(tools: Tools): Router {
  const { db, now, roster } = tools;
  const router = Router();

  router.get('/classroom/:registrationId/assign', async (req, res) => {
    const teacher = await teacherOf(req, res);
    if (teacher) await showCourses(req, res, teacher, { isGone: false });
  });

  router.post('/classroom/:registrationId/assign', async (req, res) => {
    const teacher = await teacherOf(req, res);
    if (!teacher) return;
    const { known, visitor, taught } = teacher;
    const { course: wanted } = form.parse(req.body ?? {});
    const course = taught.find(({ id }) => id === wanted);
    if (!course) {
      await showCourses(req, res.status(422), teacher, { isGone: true });
      return;
    }
    const { personId } = visitor.session;
    const { courseId, requestId } = await db.transaction(async (tx) => {
      const courseId = await rememberCourse(tx, {
        ...{ deploymentId: known.deploymentId, googleCourseId: course.id, course, copiedFrom: [] },
        apiUrl: known.client.apiUrl,
      });
      await saveMembership(tx, { courseId, personId, role: 'instructor' }, now());
      const settings = settingsOf(known, course);
      return { courseId, requestId: await insertContentRequest(tx, { personId, courseId, settings }, now()) };
    });
    roster.refreshSoon(courseId);
    res.redirect(303, landingPath({ kind: 'content-request', requestId }));
  });

  /** Who asks, with the courses that Google says they teach; null where they were shown how to sign in first. */
  async function teacherOf(req: Request, res: Response): Promise<Teacher | null> {
    const known = await requireGoogleClient(tools, req, res);
    const visitor = await visitorOf(tools, res, known);
    const ask = (reason: Parameters<typeof askVisitor>[3]['reason']) =>
      askVisitor(tools, res, known, { path: req.path, purposes: ['assign'], reason });
    if (typeof visitor === 'string') return ask(visitor).then(() => null);
    if (!hasAgreed(visitor, 'assign')) return ask('agree-to-more').then(() => null);
    const taught = await listTaughtCourses(visitor.call, { withArchived: false });
    if (taught.kind !== 'read') return ask(await reasonIn(tools, known, visitor, taught)).then(() => null);
    return { known, visitor, taught: taught.value };
  }

  async function showCourses(
    req: Request,
    res: Response,
    { known, visitor, taught }: Teacher,
    { isGone }: { isGone: boolean },
  ) {
    const another = { path: req.path, purpose: 'assign', isAnew: false, isAnother: true } as const;
    res.set('Referrer-Policy', 'same-origin');
    res.render('launch/classroom/assign', {
      ...{ courses: taught, isGone, accountEmail: visitor.grant.accountEmail },
      ...{ registrationId: known.registrationId, entry: await signInEntry(tools, known, another) },
    });
  }

  return router;
}

/** One thing, which may be graded. The key is made now, so that going back in the browser is no second intention. */
function settingsOf({ client, frameOrigins }: KnownGoogleClient, course: GoogleCourse) {
  return {
    returnUrl: frameOrigins[0] ?? client.issuer,
    acceptsResourceLinks: true,
    acceptsMultiple: false,
    acceptsLineItem: true,
    title: null,
    text: null,
    data: assigningText({ key: randomUUID(), googleCourseId: course.id }),
  };
}
