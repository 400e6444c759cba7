// A course with its activities; what its teachers do to it: add an activity by way of a tool, copy the whole.
import { Router } from 'express';
import type { LmsContext } from './context.ts';
import { copyCourse } from './copy-course.ts';
import { coupledLineItem, mayEdit } from './directory.ts';
import { enteredCourse } from './entrance.ts';
import { notFound, renderPage } from './pages.ts';
import { takeNotice } from './session.ts';
import { storageForTools } from './storage.ts';
import { findTool, toolOfActivity, toolsOf } from './tools.ts';

/** `GET /courses/:courseId`, `POST /courses/:courseId/copy`, `GET /courses/:courseId/tools/:toolId`. */
export function courseRoutes(lms: LmsContext): Router {
  const { state } = lms;
  return Router()
    .get('/courses/:courseId', (req, res) => {
      const entered = enteredCourse(lms, req, res);
      if (!entered) return;
      const { course, role } = entered;
      const activities = state.activities
        .filter(({ courseId }) => courseId === course.id)
        .map((activity) => ({
          activity,
          lineItem: coupledLineItem(state, activity.id),
          tool: toolOfActivity(lms, activity),
        }));
      const isEditor = mayEdit(role);
      const offered = toolsOf(lms).filter((tool) => tool.state === 'active' && tool.deepLinkUrl);
      const notice = takeNotice(lms, req);
      renderPage(lms, req, res, 'course', { course, role, activities, isEditor, offered, notice });
    })
    .post('/courses/:courseId/copy', (req, res) => {
      const entered = enteredCourse(lms, req, res);
      if (!entered) return;
      const { course, role, person } = entered;
      if (!mayEdit(role)) return notFound(lms, req, res);
      const copy = copyCourse(state, course, { teacherId: person.id });
      lms.save();
      res.redirect(303, `/courses/${copy.id}`);
    })
    .get('/courses/:courseId/tools/:toolId', (req, res) => {
      const entered = enteredCourse(lms, req, res);
      if (!entered) return;
      const { course, role } = entered;
      const tool = findTool(lms, req.params.toolId);
      if (!mayEdit(role) || tool?.state !== 'active' || !tool.deepLinkUrl) return notFound(lms, req, res);
      const frameUrl = `/mod/lti/contentitem.php?id=${tool.id}&course=${course.id}`;
      renderPage(lms, req, res, 'choose-content', { course, role, tool, frameUrl, ...storageForTools(lms) });
    });
}
