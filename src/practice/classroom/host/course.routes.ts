// A course with its posts; what its teachers do to it: begin a post, copy the whole.
import { Router } from 'express';
import { z } from 'zod';
import { formOf } from './frames.ts';
import { maximumOf, postsOf, type HostContext } from './host.ts';
import { itemTypes } from '../state.ts';
import { entered, renderPage } from './pages.ts';

const itemType = z.enum(itemTypes).catch('courseWork');

/** `GET /courses/:courseId`, `POST /courses/:courseId/items`, `POST /courses/:courseId/copy`. */
export function courseRoutes(context: HostContext): Router {
  const { classroom } = context;
  const { state } = classroom;
  return Router()
    .get('/courses/:courseId', (req, res) => {
      const found = entered(context, req, res);
      if (!found) return;
      const posts = postsOf(state, found.course, found.role).map((item) => ({
        item,
        maximum: maximumOf(item),
      }));
      renderPage(context, req, res, 'course', { ...found, posts, types: itemTypes });
    })
    .post('/courses/:courseId/items', (req, res) => {
      const found = entered(context, req, res, { only: 'teacher' });
      if (!found) return;
      const type = itemType.parse(formOf(req).get('type'));
      const item = classroom.addItem({
        ...{ courseId: found.course.id, title: '', type, state: 'DRAFT' },
        creatorId: found.account.id,
      });
      res.redirect(303, `/items/${item.id}/edit`);
    })
    .post('/courses/:courseId/copy', (req, res) => {
      const found = entered(context, req, res, { only: 'teacher' });
      if (!found) return;
      const { course, account } = found;
      const people = { teacherIds: [account.id], studentIds: [] };
      const copy = classroom.addCourse({ name: `${course.name} (2)`, ...people });
      // Google copies posts as drafts.
      for (const item of postsOf(state, course, 'student').reverse()) {
        classroom.copyItem(item.id, copy.id).state = 'DRAFT';
      }
      res.redirect(303, `/courses/${copy.id}`);
    });
}
