// The authorization endpoint: the tool has sent the browser back with a nonce, the LMS answers with an id_token.
import { type Request, type Response, Router } from 'express';
import { authorize, readAuthorization } from './authorization.ts';
import type { LmsContext } from './context.ts';
import { findActivity, findCourse, findPerson, mayEdit, roleIn } from './directory.ts';
import { makeIdToken, type Message } from './id-token.ts';
import { notFound, renderPage } from './pages.ts';
import { findSession, languageOf, personOf, sessionKey, takeLaunch } from './session.ts';
import type { Recipient } from './shared-claims.ts';
import type { Launch, Tool } from './state.ts';
import { findTool, toolOfActivity } from './tools.ts';

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
    clientId: waiting?.recipient.tool.clientId ?? '',
    personId: waiting?.recipient.person.id,
    redirectUris: waiting?.recipient.tool.redirectUris ?? [],
  });
  if (outcome.kind === 'page' || !waiting) return notFound(lms, req, res);
  const { recipient, message } = waiting;
  const answer =
    outcome.kind === 'error'
      ? outcome.fields
      : { id_token: makeIdToken(lms, { ...recipient, nonce: asked.nonce }, message) };
  renderPage(lms, req, res, 'auto-submit', { action: asked.redirectUri, fields: { ...answer, state: asked.state } });
}

interface WaitingLaunch {
  recipient: Omit<Recipient, 'nonce'>;
  message: Message;
}

/** The launch that this browser began and has not used yet, of somebody who is in the course. */
function waitingLaunch(lms: LmsContext, req: Request, launchId: string): WaitingLaunch | undefined {
  const session = findSession(lms, req);
  const launch = session && takeLaunch(session, launchId);
  lms.save();
  const person = personOf(lms, session);
  const found = launch && resolve(lms, launch);
  if (!session || !person || !found) return undefined;
  const course = findCourse(lms.state, found.courseId);
  const role = roleIn(lms.state, person.id, found.courseId);
  if (!course || !role || (found.message.kind === 'deep-linking' && !mayEdit(role))) return undefined;
  const { tool, message } = found;
  const recipient = {
    person,
    role,
    course,
    tool,
    locale: languageOf(lms, req, session),
    sessionKey: sessionKey(session),
  };
  return { recipient, message };
}

/** What was to be launched, as far as it is still there. */
function resolve(lms: LmsContext, launch: Launch): { courseId: string; tool: Tool; message: Message } | undefined {
  if (launch.kind === 'deep-linking') {
    const tool = findTool(lms, launch.toolId);
    return tool && { courseId: launch.courseId, tool, message: { kind: launch.kind } };
  }
  const activity = findActivity(lms.state, launch.activityId);
  const tool = activity && toolOfActivity(lms, activity);
  if (!tool) return undefined;
  const { courseId } = activity;
  if (launch.kind === 'resource-link') return { courseId, tool, message: { ...launch, activity } };
  const learner = findPerson(lms.state, launch.learnerId);
  return learner && { courseId, tool, message: { ...launch, activity, learner } };
}
