// What a student earned at an attachment. The first graded one of an assignment sets its draft grade, after a while.
import { Router } from 'express';
import { z } from 'zod';
import { courseFor, requireTeacher, teaches } from './access.ts';
import { readBody, readMask, serve, type ApiCall, type ApiContext } from './api-call.ts';
import { denied, invalid, notFound } from './api-error.ts';
import { attachmentIn, postIn } from './attachments.ts';
import { submissionsOf } from './items.ts';
import type { Attachment, Submission } from './state.ts';

const ignored = z.unknown().optional();
const bodySchema = z.strictObject({
  pointsEarned: z.number().min(0).nullish(),
  ...{ postSubmissionState: ignored, userId: ignored },
});

export function attachmentWorkMethods(context: ApiContext): Router {
  const { state } = context;
  const router = Router();

  serve(router, context, 'courses.courseWork.addOnAttachments.studentSubmissions.get', (call) => {
    const { course, attachment, submission } = workIn(call);
    if (submission.userId !== call.caller.userId && !teaches(course, call.caller)) throw denied();
    return shown(attachment, submission);
  });

  serve(router, context, 'courses.courseWork.addOnAttachments.studentSubmissions.patch', (call) => {
    const { course, item, attachment, submission } = workIn(call);
    requireTeacher(course, call.caller);
    readMask(call.query, ['pointsEarned']);
    if (attachment.maxPoints === null) throw invalid('The attachment has no maxPoints.');
    const { pointsEarned: points = null } = readBody(bodySchema, call.body);
    const others = Object.entries(attachment.pointsEarned).filter(([id]) => id !== submission.id);
    attachment.pointsEarned = Object.fromEntries(points === null ? others : [...others, [submission.id, points]]);
    if (item.attachments.find(({ maxPoints }) => maxPoints !== null) === attachment) {
      const { gradeDelayMs } = state.switches;
      if (gradeDelayMs > 0) submission.comingGrade = { points, atMs: call.nowMs + gradeDelayMs };
      else submission.draftGrade = points;
    }
    return shown(attachment, submission);
  });

  function workIn(call: ApiCall) {
    const course = courseFor(state, call.params.courseId, call.caller);
    const item = postIn(state, call, 'courseWork');
    const attachment = attachmentIn(item, call);
    const submission = submissionsOf(course, item).find(({ id }) => id === call.params.submissionId);
    if (!submission) throw notFound();
    return { course, item, attachment, submission };
  }

  return router;
}

function shown({ pointsEarned }: Attachment, { id, userId, state }: Submission): object {
  return { pointsEarned: pointsEarned[id], postSubmissionState: state, userId };
}
