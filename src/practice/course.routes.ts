// A course with its activities, and an activity with the tool in a frame.
import { Router } from 'express';
import type { LmsContext } from './context.ts';
import { coupledLineItem, findCourse, findGrade, roleIn } from './directory.ts';
import { notFound, renderPage, signedIn } from './pages.ts';

/** `GET /courses/:courseId` and `GET /activities/:cmid`, for people of the course alone. */
export function courseRoutes(lms: LmsContext): Router {
  const { state } = lms;
  return Router()
    .get('/courses/:courseId', (req, res) => {
      const person = signedIn(lms, req, res);
      if (!person) return;
      const course = findCourse(state, req.params.courseId);
      const role = course && roleIn(state, person.id, course.id);
      if (!course || !role) return notFound(lms, req, res);
      const activities = state.activities
        .filter(({ courseId }) => courseId === course.id)
        .map((activity) => ({ activity, lineItem: coupledLineItem(state, activity.id) }));
      renderPage(lms, req, res, 'course', { course, role, activities });
    })
    .get('/activities/:cmid', (req, res) => {
      const person = signedIn(lms, req, res);
      if (!person) return;
      const activity = state.activities.find(({ cmid }) => cmid === req.params.cmid);
      const role = activity && roleIn(state, person.id, activity.courseId);
      if (!activity || !role) return notFound(lms, req, res);
      const lineItem = coupledLineItem(state, activity.id);
      renderPage(lms, req, res, 'activity', {
        activity,
        role,
        course: findCourse(state, activity.courseId),
        lineItem,
        grade: lineItem && findGrade(state, lineItem.id, person.id),
        toolOrigin: new URL(lms.tool.launchUrl).origin,
        launchUrl: `/mod/lti/launch.php?id=${activity.cmid}`,
      });
    });
}
