// The work of students at assignments: listed, graded, turned in, returned.
import { Router } from 'express';
import { z } from 'zod';
import {
  accountIn,
  courseFor,
  isSeenBy,
  itemFor,
  requireModifiable,
  requireOwnItem,
  requireTeacher,
  teaches,
} from './access.ts';
import { hasScope, readBody, readMask, serve, type ApiCall, type ApiContext, type Caller } from './api-call.ts';
import { denied, invalid, notFound, precondition } from './api-error.ts';
import { submissionsOf } from './items.ts';
import { paged } from './paging.ts';
import type { Item, PracticeCourse, Submission } from './state.ts';

interface Work {
  course: PracticeCourse;
  item: Item;
  submission: Submission;
}

const submissionStates = ['NEW', 'CREATED', 'TURNED_IN', 'RETURNED', 'RECLAIMED_BY_STUDENT'] as const;
const ignored = z.unknown().optional();
const grade = z.number().min(0).nullish();
const bodySchema = z.strictObject({
  ...{ draftGrade: grade, assignedGrade: grade },
  ...{ alternateLink: ignored, assignedRubricGrades: ignored, assignmentSubmission: ignored, courseId: ignored },
  ...{ associatedWithDeveloper: ignored, courseWorkId: ignored, courseWorkType: ignored, creationTime: ignored },
  ...{ draftRubricGrades: ignored, id: ignored, late: ignored, state: ignored, submissionHistory: ignored },
  ...{ updateTime: ignored, userId: ignored },
});

export function studentSubmissionMethods(context: ApiContext): Router {
  const { state, pagesUrl } = context;
  const router = Router();

  serve(router, context, 'courses.courseWork.studentSubmissions.list', (call) => {
    const { caller, params, query } = call;
    const course = courseFor(state, params.courseId, caller);
    const userId = query.has('userId') ? accountIn(state, call, query.get('userId')) : null;
    if (!teaches(course, caller) && userId !== null && userId !== caller.userId) throw denied();
    requireRight(course, caller);
    const states = z.array(z.enum(submissionStates)).safeParse(query.getAll('states'));
    const late = z.enum(['LATE_ONLY', 'NOT_LATE_ONLY']).nullable().safeParse(query.get('late'));
    if (!states.success || !late.success) throw invalid('states or late: unknown value');
    if (late.data !== null) throw invalid('late: needs work that can be late'); // Nothing here says when it was turned in.
    const items =
      params.courseWorkId === '-'
        ? state.items.filter(
            (item) =>
              item.courseId === course.id &&
              item.type === 'courseWork' &&
              item.state !== 'DELETED' &&
              isSeenBy(item, course, caller),
          )
        : [itemFor(state, course, caller, { type: 'courseWork', id: params.courseWorkId })];
    const found = items.flatMap((item) =>
      submissionsOf(course, item)
        .filter((submission) => isVisible(course, submission, caller))
        .filter((submission) => userId === null || submission.userId === userId)
        .filter((submission) => states.data.length === 0 || states.data.includes(submission.state))
        .map((submission) => shown({ course, item, submission }, caller)),
    );
    return paged(query, 'studentSubmissions', found, { most: 30 });
  });

  serve(router, context, 'courses.courseWork.studentSubmissions.get', (call) => {
    const work = workOf(call);
    requireRight(work.course, call.caller);
    if (work.submission.userId === call.caller.userId) open(work.submission);
    return shown(work, call.caller);
  });

  serve(router, context, 'courses.courseWork.studentSubmissions.patch', (call) => {
    const work = workOf(call);
    const { course, item, submission } = work;
    requireTeacher(course, call.caller);
    requireRight(course, call.caller);
    requireOwnItem(state, item, call.caller, false);
    const mask = readMask(call.query, ['draftGrade', 'assignedGrade']);
    const body = readBody(bodySchema, call.body);
    const { draftGrade, assignedGrade } = {
      ...submission,
      ...Object.fromEntries(mask.map((name) => [name, hundredths(body[name])])),
    };
    if (assignedGrade !== null && draftGrade === null) throw invalid('assignedGrade cannot be set without draftGrade.');
    Object.assign(submission, { draftGrade, assignedGrade, comingGrade: null });
    return shown(work, call.caller);
  });

  serve(router, context, 'courses.courseWork.studentSubmissions.return', (call) => {
    const { course, item, submission } = workOf(call);
    requireTeacher(course, call.caller);
    requireOwnItem(state, item, call.caller);
    requireTurnedIn(submission);
    submission.state = 'RETURNED';
    return {};
  });

  serve(router, context, 'courses.courseWork.studentSubmissions.turnIn', (call) => {
    ownWork(call).state = 'TURNED_IN';
    return {};
  });

  serve(router, context, 'courses.courseWork.studentSubmissions.reclaim', (call) => {
    const submission = ownWork(call);
    requireTurnedIn(submission);
    submission.state = 'RECLAIMED_BY_STUDENT';
    return {};
  });

  function workOf({ caller, params }: ApiCall): Work {
    const course = courseFor(state, params.courseId, caller);
    const item = itemFor(state, course, caller, { type: 'courseWork', id: params.courseWorkId });
    const submission = submissionsOf(course, item).find(({ id }) => id === params.id);
    if (!submission) throw notFound();
    if (!isVisible(course, submission, caller)) throw denied();
    return { course, item, submission };
  }

  /** Of the student who asks, to be turned in or taken back. */
  function ownWork(call: ApiCall): Submission {
    const { course, item, submission } = workOf(call);
    if (submission.userId !== call.caller.userId) throw denied();
    requireModifiable(course);
    requireOwnItem(state, item, call.caller);
    return submission;
  }

  function shown({ course, item, submission }: Work, caller: Caller): object {
    const { id, userId, draftGrade, assignedGrade } = submission;
    return {
      ...{ courseId: course.id, courseWorkId: item.id, id, userId, state: submission.state },
      ...(teaches(course, caller) && draftGrade !== null && { draftGrade }),
      ...(assignedGrade !== null && { assignedGrade }),
      ...{ alternateLink: `${pagesUrl}/items/${item.id}`, courseWorkType: 'ASSIGNMENT', assignmentSubmission: {} },
      ...(item.madeBy === caller.clientId && { associatedWithDeveloper: true }),
    };
  }

  return router;
}

/** Whoever opens their work has begun it. */
export function open(submission: Submission): void {
  if (submission.state === 'NEW') submission.state = 'CREATED';
}

function isVisible(course: PracticeCourse, { userId }: Submission, caller: Caller): boolean {
  return teaches(course, caller) || userId === caller.userId;
}

/** One set of scopes is for who teaches, the other for one's own work. */
function requireRight(course: PracticeCourse, caller: Caller): void {
  const needed = teaches(course, caller) ? /\.students(\.readonly)?$/ : /\.me(\.readonly)?$/;
  if (!hasScope(caller, needed)) throw denied();
}

function requireTurnedIn({ state }: Submission): void {
  if (state !== 'TURNED_IN') throw precondition('The student submission has not been turned in.');
}

function hundredths(points: number | null | undefined): number | null {
  return points === null || points === undefined ? null : Math.round(points * 100) / 100;
}
