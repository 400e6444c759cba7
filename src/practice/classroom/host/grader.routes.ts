// The work of one student: the add-on's review of it beside the grade, which is a draft until it is returned.
import { Router } from 'express';
import { allow, formOf, frameSource, sandbox } from './frames.ts';
import { accountOf, maximumOf, viewOf, workState, type HostContext } from './host.ts';
import { notFound, opened, renderPage } from './pages.ts';

/** `GET`, `POST /items/:itemId/work/:submissionId`: saves the draft grade, or returns the work with it. */
export function graderRoutes(context: HostContext): Router {
  const { state } = context.classroom;
  const router = Router();

  router.all('/items/:itemId/work/:submissionId', (req, res) => {
    const found = opened(context, req, res, { only: 'teacher' });
    if (!found) return;
    const { item, account } = found;
    const submission = item.submissions.find(({ id }) => id === req.params.submissionId);
    const student = accountOf(state, submission?.userId);
    if (!submission || !student) return notFound(context, req, res);
    const form = formOf(req);
    const typed = (form.get('grade') ?? '').trim().replace(',', '.');
    const isWrong = req.method === 'POST' && !/^(\d{1,5}(\.\d{1,2})?)?$/.test(typed);
    if (req.method === 'POST' && !isWrong) {
      submission.draftGrade = typed === '' ? null : Number(typed);
      submission.comingGrade = null;
      if (form.get('then') === 'return') {
        submission.assignedGrade = submission.draftGrade;
        submission.state = 'RETURNED';
      }
      return res.redirect(303, `/items/${item.id}/work/${submission.id}`);
    }
    const frames = item.attachments.flatMap((attachment) => {
      const uri = viewOf(attachment, 'review');
      const opening = { userId: account.id, item, attachmentId: attachment.id, submissionId: submission.id };
      return uri === null ? [] : [{ attachment, src: frameSource(context, uri, opening) }];
    });
    const chosen = frames.find(({ attachment }) => attachment.id === req.query.attachment) ?? frames[0];
    const students = item.submissions.flatMap((one) => {
      const other = accountOf(state, one.userId);
      return other ? [{ student: other, submission: one, state: workState(one) }] : [];
    });
    const frame = chosen && {
      ...{ src: chosen.src, title: chosen.attachment.title },
      done: { action: `/items/${item.id}`, fields: null },
    };
    const grade = isWrong ? typed : submission.draftGrade;
    const work = { submission, student, state: workState(submission), grade, isWrong };
    const data = { ...found, maximum: maximumOf(item), frames, chosen, students, frame, sandbox, allow };
    renderPage(context, req, res.status(isWrong ? 400 : 200), 'grader', { ...data, work });
  });

  return router;
}
