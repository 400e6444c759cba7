// The grades of a course: of everybody for its teachers, of themselves for its students.
import { Router } from 'express';
import { accountOf, maximumOf, postsOf, type HostContext } from './host.ts';
import { entered, renderPage } from './pages.ts';

/** `GET /courses/:courseId/grades`. */
export function gradebookRoutes(context: HostContext): Router {
  const { state } = context.classroom;
  return Router().get('/courses/:courseId/grades', (req, res) => {
    const found = entered(context, req, res);
    if (!found) return;
    const { course, role, account } = found;
    const items = postsOf(state, course, 'student').filter(({ type }) => type === 'courseWork');
    const columns = items.reverse().map((item) => ({ item, maximum: maximumOf(item) }));
    const ids = role === 'teacher' ? course.studentIds : [account.id];
    const rows = ids.flatMap((id) => {
      const student = accountOf(state, id);
      const cells = columns.map(({ item, maximum }) => {
        const submission = item.submissions.find(({ userId }) => userId === id);
        return { item, maximum, submission };
      });
      return student ? [{ student, cells }] : [];
    });
    renderPage(context, req, res, 'gradebook', { ...found, columns, rows });
  });
}
