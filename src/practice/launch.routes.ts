// Sends the browser to a tool's login, and receives it back from the tool's "return to the course".
import { randomInt } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import type { LmsContext } from './context.ts';
import { coupledLineItem, coursesOf, findCourse, findModule, mayEdit, mayReview, roleIn } from './directory.ts';
import { notFound, refused, renderPage } from './pages.ts';
import { queryText } from './query.ts';
import { findSession, personOf, rememberLaunch } from './session.ts';
import type { Launch, Tool } from './state.ts';
import { findTool, toolOfActivity } from './tools.ts';

/**
 * `GET /launch.php?id=<cmid>[&container=window][&action=gradeReport&user=<id>]` and
 * `GET /contentitem.php?id=<tool>&course=<id>`: login initiation, a form that submits itself with exactly the fields
 * that Moodle sends. `GET /return.php?course=<id>`.
 */
export function launchRoutes(lms: LmsContext): Router {
  return Router()
    .get('/launch.php', (req, res) => launchActivity(lms, req, res))
    .get('/contentitem.php', (req, res) => {
      const tool = findTool(lms, queryText(req, 'id'));
      const course = findCourse(lms.state, queryText(req, 'course'));
      const person = personOf(lms, findSession(lms, req));
      const role = person && course && roleIn(lms.state, person.id, course.id);
      if (!tool || !course || !role || !mayEdit(role)) return notFound(lms, req, res);
      const launch: Launch = { kind: 'deep-linking', courseId: course.id, toolId: tool.id };
      const launchid = `ltilaunch_ContentItemSelectionRequest${randomInt(2 ** 31)}`;
      const target = tool.deepLinkUrl ?? tool.targetLinkUri;
      initiateLogin(lms, req, res, { launch, tool, target, hint: { launchid } });
    })
    .get('/return.php', (req, res) => {
      const person = personOf(lms, findSession(lms, req));
      const course = person && coursesOf(lms.state, person.id).find(({ id }) => id === queryText(req, 'course'));
      res.redirect(303, course ? `/courses/${course.id}` : '/');
    });
}

function launchActivity(lms: LmsContext, req: Request, res: Response): void {
  const activity = findModule(lms.state, queryText(req, 'id'));
  const tool = activity && toolOfActivity(lms, activity);
  if (!tool) return notFound(lms, req, res);
  const container = queryText(req, 'container') === 'window' ? 'window' : 'iframe';
  const hint = { cmid: Number(activity.cmid), launchid: `ltilaunch${activity.id}_${randomInt(2 ** 31)}` };
  const target = activity.url ?? tool.targetLinkUri;
  if (queryText(req, 'action') !== 'gradeReport') {
    const launch: Launch = { kind: 'resource-link', activityId: activity.id, container };
    return initiateLogin(lms, req, res, { launch, tool, target, hint });
  }
  const learnerId = queryText(req, 'user');
  const reader = personOf(lms, findSession(lms, req));
  const isAllowed = reader && mayReview(lms.state, reader.id, activity.courseId, learnerId);
  // Moodle's launch.php does not look, although its view.php does.
  if (lms.quirks.isReviewerChecked && !isAllowed) return refused(lms, req, res, 403, 'foreign-review');
  const reviewUrl = coupledLineItem(lms.state, activity.id)?.submissionReview?.url;
  const launch: Launch = { kind: 'submission-review', activityId: activity.id, learnerId, container };
  initiateLogin(lms, req, res, { launch, tool, target: reviewUrl ?? target, hint });
}

function initiateLogin(
  lms: LmsContext,
  req: Request,
  res: Response,
  { launch, tool, target, hint }: { launch: Launch; tool: Tool; target: string; hint: { launchid: string } },
): void {
  const session = findSession(lms, req);
  const person = personOf(lms, session);
  if (session && person) {
    rememberLaunch(session, hint.launchid, launch);
    lms.save();
  }
  const storageTarget = lms.storageTarget();
  renderPage(lms, req, res, 'auto-submit', {
    action: tool.loginUrl,
    fields: {
      iss: lms.url,
      target_link_uri: target,
      // Moodle begins a launch before it asks people to sign in: whoever has not is user 0 and fails in auth.php.
      login_hint: person?.id ?? '0',
      lti_message_hint: JSON.stringify(hint),
      client_id: tool.clientId,
      lti_deployment_id: tool.id,
      ...(storageTarget !== null && { lti_storage_target: storageTarget }),
    },
  });
}
