// The link in an assignment that we made. It opens in a tab of its own, and Google says nothing of who opens it: they sign in, or say that
// they are who signed in before with this browser, which others may use too. Then Google says whether they teach the course, or are a
// student whom the assignment is for. That is asked at every opening.
import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { Answered } from '../../classroom/api.ts';
import { readCourseWork, type CourseWork } from '../../classroom/course-work.ts';
import { listTaughtCourses, type GoogleCourse } from '../../classroom/courses.ts';
import { scope, type SignInPurpose } from '../../classroom/scopes.ts';
import { listSubmissions } from '../../classroom/student-submissions.ts';
import type { RosterRefresher } from '../../courses/refresh-roster.ts';
import { mayDo } from '../../courses/rights.ts';
import { findLinkedAssignment } from '../../platforms/classroom/assignment.store.ts';
import type { KnownGoogleClient } from '../../platforms/classroom/client.store.ts';
import { notFound } from '../../web/errors.ts';
import { landingPath } from '../landing.ts';
import { enterWork } from './enter-work.ts';
import {
  askVisitor,
  hasAgreed,
  reasonIn,
  requireGoogleClient,
  signInEntry,
  visitorOf,
  type SignInReason,
  type Visitor,
  type VisitorTools,
} from './visitor.routes.ts';

interface Tools extends VisitorTools {
  roster: Pick<RosterRefresher, 'refreshSoon'>;
}

/** As what Google knows somebody at an assignment. */
type Standing =
  | { kind: 'teacher'; work: CourseWork; course: GoogleCourse }
  | { kind: 'student'; work: CourseWork }
  | { kind: 'stranger' }
  | { kind: 'ask'; purposes: SignInPurpose[]; reason: SignInReason };

const keySchema = z.uuid();
const elsewhere = ['not-there', 'not-visible', 'not-allowed'];

export function workRoutes(tools: Tools): Router {
  const { db, signs, roster } = tools;
  const router = Router();

  router.get('/classroom/:registrationId/work/:assignmentKey', async (req, res) => {
    const known = await requireGoogleClient(tools, req, res);
    const key = keySchema.safeParse(req.params.assignmentKey).data;
    const linked = key === undefined ? null : await findLinkedAssignment(db, { ...known, key });
    if (!linked) throw notFound();
    const visitor = await visitorOf(tools, res, known);
    if (typeof visitor === 'string') {
      await askVisitor(tools, res, known, { path: knownPath(req), purposes: ['work', 'assign'], reason: visitor });
      return;
    }
    if (!(goesOn in req.query)) {
      await askWhetherItIs(req, res, known, visitor);
      return;
    }
    const standing = await standingOf(known, visitor, linked);
    switch (standing.kind) {
      case 'ask':
        await askVisitor(tools, res, known, { ...standing, path: knownPath(req) });
        return;
      case 'stranger':
        await showStranger(req, res, known, visitor);
        return;
      case 'teacher':
      case 'student': {
        const { courseId, role, landing } = await enterWork(tools, {
          ...{ known, personId: visitor.session.personId, googleCourseId: linked.googleCourseId },
          work: standing.work,
          course: standing.kind === 'teacher' ? standing.course : null,
        });
        await signs.note(known.registrationId, 'launch');
        if (mayDo(role, 'run-course')) roster.refreshSoon(courseId);
        res.redirect(303, landingPath(landing));
      }
    }
  });

  /** Asked of Google with the person's own token, for what they have agreed to. */
  async function standingOf(
    known: KnownGoogleClient,
    visitor: Visitor,
    { googleCourseId, itemId }: { googleCourseId: string; itemId: string },
  ): Promise<Standing> {
    const { call, grant } = visitor;
    const place = { courseId: googleCourseId, itemId };
    const ask = async (failure: Exclude<Answered<unknown>, { kind: 'read' }>): Promise<Standing> => {
      const reason = await reasonIn(tools, known, visitor, failure);
      return { kind: 'ask', purposes: ['work', 'assign'], reason };
    };
    if (grant.scopes.includes(scope.courses)) {
      const taught = await listTaughtCourses(call, { withArchived: true });
      if (taught.kind !== 'read') return ask(taught);
      const course = taught.value.find(({ id }) => id === googleCourseId);
      if (course) {
        if (!hasAgreed(visitor, 'assign')) return { kind: 'ask', purposes: ['assign'], reason: 'agree-to-more' };
        const work = await readCourseWork(call, place);
        return work.kind === 'read' ? { kind: 'teacher', work: work.value, course } : ask(work);
      }
    }
    if (!hasAgreed(visitor, 'work')) {
      // Who teaches elsewhere has agreed to what teachers agree to: here they are a stranger until they sign in as a student.
      if (hasAgreed(visitor, 'assign')) return { kind: 'stranger' };
      return { kind: 'ask', purposes: ['work', 'assign'], reason: 'agree-to-more' };
    }
    const own = await listSubmissions(call, place, { userId: 'me' });
    if (own.kind !== 'read') return elsewhere.includes(own.code) ? { kind: 'stranger' } : ask(own);
    if (own.value.length === 0) return { kind: 'stranger' };
    const work = await readCourseWork(call, place);
    return work.kind === 'read' ? { kind: 'student', work: work.value } : ask(work);
  }

  async function askWhetherItIs(req: Request, res: Response, known: KnownGoogleClient, { session, grant }: Visitor) {
    const another = await signInEntry(tools, known, {
      path: knownPath(req),
      purpose: 'work',
      isAnew: false,
      isAnother: true,
    });
    res.set('Referrer-Policy', 'same-origin');
    res.render('launch/classroom/work-who', {
      account: grant.accountEmail ?? session.personName,
      path: knownPath(req),
      another,
    });
  }

  async function showStranger(req: Request, res: Response, known: KnownGoogleClient, { session, grant }: Visitor) {
    const entryFor = (purpose: SignInPurpose, isAnother: boolean) =>
      signInEntry(tools, known, { path: knownPath(req), purpose, isAnew: false, isAnother });
    res.set('Referrer-Policy', 'same-origin');
    res.status(403).render('launch/classroom/work-stranger', {
      account: grant.accountEmail ?? session.personName,
      another: await entryFor('work', true),
      asTeacher: await entryFor('assign', false),
    });
  }

  return router;
}

/** Marks an address to which somebody comes who has just said who they are; nobody is given such an address. */
const goesOn = 'go-on';

function knownPath(req: Request): string {
  return `${req.path}?${goesOn}`;
}
