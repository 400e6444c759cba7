// Who has opened an add-on, and where: the one thing that it can believe.
import { Router } from 'express';
import { courseFor, teaches } from './access.ts';
import { checkAddOnToken } from './add-on-token.ts';
import { hasScope, serve, type ApiContext } from './api-call.ts';
import { invalid, lacksScope } from './api-error.ts';
import { attachmentIn, postIn } from './attachments.ts';
import { open } from './student-submissions.ts';
import { itemTypes } from './state.ts';

export function addOnContextMethods(context: ApiContext): Router {
  const { state } = context;
  const router = Router();
  for (const type of itemTypes) {
    serve(router, context, `courses.${type}.getAddOnContext`, (call) => {
      const { caller, query, params } = call;
      const item = postIn(state, call, type);
      const attachmentId = query.get('attachmentId');
      const hasToken = Boolean(query.get('addOnToken'));
      if (!attachmentId && !hasToken) throw invalid('Attachment ID must be specified.');
      if (hasToken) checkAddOnToken(state, call, item);
      if (attachmentId) attachmentIn(item, call, attachmentId);
      const isTeacher = teaches(courseFor(state, params.courseId, caller), caller);
      if (isTeacher && !hasScope(caller, /^addons\.teacher$/)) throw lacksScope();
      const supportsStudentWork = type === 'courseWork';
      const submission = item.submissions.find(({ userId }) => userId === caller.userId);
      if (submission) open(submission);
      return {
        ...{ courseId: item.courseId, itemId: item.id, postId: item.id, supportsStudentWork },
        ...(isTeacher ? { teacherContext: {} } : { studentContext: submission ? { submissionId: submission.id } : {} }),
      };
    });
  }
  return router;
}
