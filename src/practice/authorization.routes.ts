// The authorization endpoint: the tool has sent the browser back with a nonce, the LMS answers with an id_token.
import { type Request, type Response, Router } from 'express';
import { authorize, readAuthorization } from './authorization.ts';
import type { LmsContext } from './context.ts';
import { findActivity, roleIn } from './directory.ts';
import { makeIdToken } from './id-token.ts';
import { notFound, renderPage } from './pages.ts';
import { findSession, languageOf, personOf, sessionKey, takeLaunch } from './session.ts';
import type { Activity, Person, Session } from './state.ts';

/** `GET|POST /auth.php`: a form that submits itself to the redirect URI, or a page with 404. */
export function authorizationRoutes(lms: LmsContext): Router {
  return Router()
    .get('/auth.php', (req, res) => authorization(lms, req, res, req.originalUrl.split('?')[1] ?? ''))
    .post('/auth.php', (req, res) => authorization(lms, req, res, String(req.body ?? '')));
}

function authorization(lms: LmsContext, req: Request, res: Response, encoded: string): void {
  const asked = readAuthorization(encoded);
  const waiting = asked.launchId === null ? undefined : waitingLaunch(lms, req, asked.launchId);
  const outcome = authorize(asked, {
    isLaunchKnown: waiting !== undefined,
    clientId: lms.state.clientId,
    personId: waiting?.person.id,
    redirectUris: [lms.tool.launchUrl],
  });
  if (outcome.kind === 'page' || !waiting) return notFound(lms, req, res);
  const { session, person, activity, container } = waiting;
  const answer = outcome.kind === 'error' ? outcome.fields : { id_token: idToken() };
  renderPage(lms, req, res, 'auto-submit', { action: asked.redirectUri, fields: { ...answer, state: asked.state } });

  function idToken(): string {
    const locale = languageOf(lms, req, session);
    return makeIdToken(lms, {
      ...{ person, activity, container, locale },
      nonce: asked.nonce,
      sessionKey: sessionKey(session),
    });
  }
}

interface WaitingLaunch {
  session: Session;
  person: Person;
  activity: Activity;
  container: 'iframe' | 'window';
}

/** The launch that this browser began and has not used yet, of somebody who is in the course. */
function waitingLaunch(lms: LmsContext, req: Request, launchId: string): WaitingLaunch | undefined {
  const session = findSession(lms, req);
  const launch = session && takeLaunch(session, launchId);
  lms.save();
  const person = personOf(lms, session);
  const activity = launch && findActivity(lms.state, launch.activityId);
  if (!session || !person || !activity || !roleIn(lms.state, person.id, activity.courseId)) return undefined;
  return { session, person, activity, container: launch.container };
}
