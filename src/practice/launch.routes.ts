// Sends the browser to the tool's login, and receives it back from the tool's "return to the course".
import { randomInt } from 'node:crypto';
import { Router } from 'express';
import { toolTypeId } from './addresses.ts';
import type { LmsContext } from './context.ts';
import { coursesOf } from './directory.ts';
import { notFound, renderPage } from './pages.ts';
import { findSession, personOf, rememberLaunch } from './session.ts';

/**
 * `GET /launch.php?id=<cmid>[&container=window]`: login initiation, a form that submits itself with exactly the six
 * fields that Moodle sends. `GET /return.php?course=<id>`.
 */
export function launchRoutes(lms: LmsContext): Router {
  return Router()
    .get('/launch.php', (req, res) => {
      const activity = lms.state.activities.find(({ cmid }) => cmid === req.query['id']);
      if (!activity) return notFound(lms, req, res);
      const session = findSession(lms, req);
      const person = personOf(lms, session);
      const launchId = `ltilaunch${activity.id}_${randomInt(2 ** 31)}`;
      if (session && person) {
        const container = req.query['container'] === 'window' ? 'window' : 'iframe';
        rememberLaunch(session, launchId, { activityId: activity.id, container });
        lms.save();
      }
      renderPage(lms, req, res, 'auto-submit', {
        action: lms.tool.loginUrl,
        fields: {
          iss: lms.url,
          target_link_uri: lms.tool.launchUrl,
          // Moodle begins a launch before it asks people to sign in: whoever has not is user 0 and fails in auth.php.
          login_hint: person?.id ?? '0',
          lti_message_hint: JSON.stringify({ cmid: Number(activity.cmid), launchid: launchId }),
          client_id: lms.state.clientId,
          lti_deployment_id: toolTypeId,
        },
      });
    })
    .get('/return.php', (req, res) => {
      const person = personOf(lms, findSession(lms, req));
      const course = person && coursesOf(lms.state, person.id).find(({ id }) => id === req.query['course']);
      res.redirect(303, course ? `/courses/${course.id}` : '/');
    });
}
