// A post as people of the course see it, and what add-ons show of it: to teachers, to students. Students turn their work in.
import { Router } from 'express';
import { allow, formOf, frameSource, sandbox } from './frames.ts';
import { accountOf, maximumOf, viewOf, workState, type HostContext } from './host.ts';
import { notFound, opened, renderPage } from './pages.ts';

/** `GET /items/:itemId`, `GET …/attachments/:attachmentId`, `POST …/work` (turn in, unsubmit), `POST …/reuse`. */
export function itemRoutes(context: HostContext): Router {
  const { classroom } = context;
  const { state } = classroom;
  return Router()
    .get('/items/:itemId', (req, res) => {
      const found = opened(context, req, res);
      if (!found) return;
      const { item, account, role } = found;
      const submission = item.submissions.find(({ userId }) => userId === account.id);
      const work = submission && { submission, state: workState(submission) };
      const taught = state.courses.filter(({ teacherIds }) => teacherIds.includes(account.id));
      const students = item.submissions.flatMap((one) => {
        const student = accountOf(state, one.userId);
        return student ? [{ student, submission: one, state: workState(one) }] : [];
      });
      const data = { ...found, maximum: maximumOf(item) };
      renderPage(context, req, res, role === 'teacher' ? 'item' : 'assignment', { ...data, work, taught, students });
    })
    .get('/items/:itemId/attachments/:attachmentId', (req, res) => {
      const found = opened(context, req, res);
      if (!found) return;
      const { item, account, role } = found;
      const attachment = item.attachments.find(({ id }) => id === req.params.attachmentId);
      const uri = attachment && viewOf(attachment, role);
      if (!attachment || !uri) return notFound(context, req, res);
      const src = frameSource(context, uri, { userId: account.id, item, attachmentId: attachment.id });
      const frame = { src, title: attachment.title, done: { action: `/items/${item.id}`, fields: null } };
      renderPage(context, req, res, 'attachment', { ...found, attachment, frame, sandbox, allow });
    })
    .post('/items/:itemId/work', (req, res) => {
      const found = opened(context, req, res, { only: 'student' });
      if (!found) return;
      const { item, account } = found;
      const submission = item.submissions.find(({ userId }) => userId === account.id);
      if (submission) {
        submission.state = formOf(req).get('then') === 'turn-in' ? 'TURNED_IN' : 'RECLAIMED_BY_STUDENT';
      }
      res.redirect(303, `/items/${item.id}`);
    })
    .post('/items/:itemId/reuse', (req, res) => {
      const found = opened(context, req, res, { only: 'teacher' });
      if (!found) return;
      const { item, account } = found;
      const courseId = formOf(req).get('courseId');
      const course = state.courses.find(({ id, teacherIds }) => id === courseId && teacherIds.includes(account.id));
      if (!course) return notFound(context, req, res);
      const copy = classroom.copyItem(item.id, course.id);
      copy.state = 'DRAFT';
      res.redirect(303, `/items/${copy.id}/edit`);
    });
}
