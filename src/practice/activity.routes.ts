// An activity with the tool in a frame: for everybody of the course, and from the gradebook for one student's work.
import { Router } from 'express';
import type { LmsContext } from './context.ts';
import { coupledLineItem, findGrade, findPerson, mayReview } from './directory.ts';
import { openedActivity } from './entrance.ts';
import { notFound, renderPage } from './pages.ts';
import type { Activity } from './state.ts';
import { storageForTools } from './storage.ts';
import { toolOfActivity } from './tools.ts';

/** `GET /activities/:cmid` and `GET /activities/:cmid/review/:personId`, for people of the course alone. */
export function activityRoutes(lms: LmsContext): Router {
  const { state } = lms;
  return Router()
    .get('/activities/:cmid', (req, res) => {
      const opened = openedActivity(lms, req, res);
      if (!opened) return;
      const { activity, person } = opened;
      const lineItem = coupledLineItem(state, activity.id);
      renderPage(lms, req, res, 'activity', {
        ...opened,
        lineItem,
        grade: lineItem && findGrade(state, lineItem.id, person.id),
        toolOrigin: toolOriginOf(lms, activity),
        launchUrl: `/mod/lti/launch.php?id=${activity.cmid}`,
        ...storageForTools(lms),
      });
    })
    .get('/activities/:cmid/review/:personId', (req, res) => {
      const opened = openedActivity(lms, req, res);
      if (!opened) return;
      const { activity, course, person } = opened;
      const learner = findPerson(state, req.params.personId);
      if (!learner || !mayReview(state, person.id, course.id, learner.id)) return notFound(lms, req, res);
      renderPage(lms, req, res, 'review', {
        ...opened,
        learner,
        frameUrl: `/mod/lti/launch.php?id=${activity.cmid}&action=gradeReport&user=${learner.id}`,
        ...storageForTools(lms),
      });
    });
}

function toolOriginOf(lms: LmsContext, activity: Activity): string {
  const url = toolOfActivity(lms, activity)?.targetLinkUri ?? '';
  return URL.canParse(url) ? new URL(url).origin : "'none'";
}
