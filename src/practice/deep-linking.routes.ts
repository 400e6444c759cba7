// Receives what a teacher chose in the tool: checks the tool's answer as Moodle does, makes the activities, and leaves
// the frame for the course.
import { type Request, type Response, Router } from 'express';
import { activityFrom, type ContentItem, readContent } from './content-items.ts';
import type { LmsContext } from './context.ts';
import { deepLinkingData } from './deep-linking-claims.ts';
import { findCourse, mayEdit, roleIn } from './directory.ts';
import { addActivity, type NewActivity } from './enrol.ts';
import { textsFor, notFound, type Refusal, refused, renderPage } from './pages.ts';
import { queryText } from './query.ts';
import { recordRequest } from './received.ts';
import { findSession, leaveNotice, personOf, sessionKey } from './session.ts';
import type { Course, Session, Tool } from './state.ts';
import { readUnverified, type VerifyToolJwt } from './tool-jwt.ts';
import { findTool, toolOfActivity } from './tools.ts';

/** `POST /contentitem_return.php?course=<id>&id=<tool>&sesskey=`, with the field `JWT`. */
export function deepLinkingRoutes(lms: LmsContext, verify: VerifyToolJwt): Router {
  return Router().post(
    '/contentitem_return.php',
    recordRequest(lms.received, 'deep-linking', lms.now),
    async (req, res) => {
      const chosen = choosing(lms, req);
      if (!chosen) return refused(lms, req, res, 403, 'content-session');
      const token = new URLSearchParams(String(req.body ?? '')).get('JWT') ?? '';
      const fault = await faultOf(lms, verify, chosen.tool, token);
      if (fault === 'keys-unreachable') return notFound(lms, req, res);
      if (fault !== null) return refused(lms, req, res, 404, 'content-unsigned', fault);
      take(lms, req, res, chosen, readUnverified(token) ?? {});
    },
  );
}

interface Choosing {
  session: Session;
  course: Course;
  tool: Tool;
}

/** The teacher whose browser brings the answer, if it is the one that was sent; else undefined. */
function choosing(lms: LmsContext, req: Request): Choosing | undefined {
  const session = findSession(lms, req);
  const person = personOf(lms, session);
  const course = findCourse(lms.state, queryText(req, 'course'));
  const tool = findTool(lms, queryText(req, 'id'));
  if (!session || !person || !course || !tool || queryText(req, 'sesskey') !== sessionKey(session)) return undefined;
  const role = roleIn(lms.state, person.id, course.id);
  return role && mayEdit(role) ? { session, course, tool } : undefined;
}

/** Why the token is not the tool's; null when it is. `iss` is the client id, and the times have no leeway. */
async function faultOf(lms: LmsContext, verify: VerifyToolJwt, tool: Tool, token: string): Promise<string | null> {
  if (readUnverified(token)?.iss !== tool.clientId) return 'Incorrect consumer key';
  const isChecked = lms.quirks.isContentChecked;
  const expected = { isExpiryChecked: isChecked, audiences: isChecked ? [lms.url] : null };
  const outcome = await verify(tool.jwksUrl, token, expected);
  if (outcome.ok) return null;
  return outcome.code === 'keys-unreachable' ? outcome.code : outcome.message;
}

function take(
  lms: LmsContext,
  req: Request,
  res: Response,
  { session, course, tool }: Choosing,
  claims: Record<string, unknown>,
): void {
  const content = readContent(claims);
  const data = deepLinkingData(sessionKey(session), course.id, tool.id);
  const isOurs = content?.deploymentId === tool.id && content.data === data;
  if (!content || (lms.quirks.isContentChecked && !isOurs)) return refused(lms, req, res, 404, 'content-malformed');
  const made = activitiesFrom(lms, content.items ?? [], tool, course);
  if (!made.ok) return refused(lms, req, res, 404, made.code);
  for (const activity of made.activities) addActivity(lms.state, activity);
  const t = textsFor(lms, req);
  const titles = made.activities.map(({ title }) => title).join(', ');
  const said = titles ? t('contentAdded', { titles }) : t('nothingChosen');
  leaveNotice(session, content.error ?? content.message ?? said, Boolean(content.error));
  lms.save();
  renderPage(lms, req, res, 'leave-frame', { to: `/courses/${course.id}` });
}

type MadeActivities = { ok: true; activities: NewActivity[] } | { ok: false; code: Refusal };

/** All of them or none. */
function activitiesFrom(lms: LmsContext, items: readonly ContentItem[], tool: Tool, course: Course): MadeActivities {
  const activities: NewActivity[] = [];
  for (const item of items) {
    const columnTool = toolOfActivity(lms, { toolId: item.url ? null : tool.id, url: item.url ?? null }) ?? tool;
    const outcome = activityFrom(item, tool, columnTool.id, lms.quirks);
    if (!outcome.ok) return outcome;
    activities.push({ ...outcome.activity, courseId: course.id });
  }
  return { ok: true, activities };
}
