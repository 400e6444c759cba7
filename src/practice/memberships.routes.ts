// NRPS: who is in a course, page by page, in the forms of the quirk set.
import { type Request, type Response, Router } from 'express';
import { addresses } from './addresses.ts';
import type { LmsContext } from './context.ts';
import { customClaim } from './custom-parameters.ts';
import { coupledLineItem, everyMemberOf, findActivity, findCourse, type Member } from './directory.ts';
import { meetFaults } from './faults.ts';
import { pageOf } from './paging.ts';
import { queryText } from './query.ts';
import { recordRequest } from './received.ts';
import { basicOutcome } from './resource-link-claims.ts';
import { scopes } from './scopes.ts';
import { requireAccess } from './service-access.ts';
import { refuse } from './service-answer.ts';
import { lti, personalClaims } from './shared-claims.ts';
import type { Activity, Course, Tool } from './state.ts';
import { findTool } from './tools.ts';

const membersType = 'application/vnd.ims.lti-nrps.v2.membershipcontainer+json';

/** A page of a roster before it is sent. */
export interface RosterPage {
  headers: Record<string, string>;
  body: { id: string; context: object; members: object[] };
}

/** A test's way to send another one. A body that is a string goes out as it is. */
export type ChangePage = (page: RosterPage) => { headers: Record<string, string>; body: unknown; status?: number };

type RosterRequest = Request<{ courseId: string; toolId: string }>;

/** `GET /CourseSection/:courseId/bindings/:toolId/memberships?role&limit&from&rlid`. */
export function membershipRoutes(lms: LmsContext): Router {
  return Router().get(
    '/CourseSection/:courseId/bindings/:toolId/memberships',
    recordRequest(lms.received, 'memberships', lms.now),
    meetFaults(lms, 'service'),
    requireAccess(lms, { mediaType: membersType, scopes: [scopes.memberships] }),
    (req: RosterRequest, res: Response) => {
      const rlid = queryText(req, 'rlid');
      const link = findActivity(lms.state, rlid);
      const course = findCourse(lms.state, req.params.courseId);
      const tool = findTool(lms, req.params.toolId);
      const isForeign = rlid !== '' && link?.courseId !== req.params.courseId;
      if (isForeign || !course || !tool) return refuse(req, res, 404, 'Not Found');
      send(res, lms, rosterPage(lms, req, { course, tool, link }));
    },
  );
}

interface Wanted {
  course: Course;
  tool: Tool;
  /** Members then carry what a launch of it would say of them. */
  link: Activity | undefined;
}

function rosterPage(lms: LmsContext, req: RosterRequest, { course, tool, link }: Wanted): RosterPage {
  const { quirks } = lms;
  const id = addresses(lms.url).memberships(course.id, tool.id);
  const role = queryText(req, 'role') || null;
  const isKnown = Object.values(quirks.rosterRoles).some((names) => names.some((name) => isRole(name, role)));
  const isFiltered = role !== null && (isKnown || !quirks.isUnknownRoleEverybody);
  const members = everyMemberOf(lms.state, course.id)
    .filter(({ isSuspended }) => quirks.isSuspendedListed || !isSuspended)
    .filter((member) => !isFiltered || quirks.rosterRoles[member.role].some((name) => isRole(name, role)));
  const repeated = quirks.isRoleKeptInNextLink ? query({ role, rlid: link?.id ?? null }) : '';
  const { rows, links } = pageOf(members, req.query, `${id}${repeated}`);
  return {
    headers: {
      'Content-Type': `${membersType}; charset=utf-8`,
      ...(links?.next && { Link: `<${links.next}>; rel="next"` }),
    },
    body: {
      id,
      context: { id: course.id, label: course.shortName, title: course.title },
      members: rows.map((member) => memberJson(lms, member, { course, tool, link })),
    },
  };
}

function send(res: Response, lms: LmsContext, page: RosterPage): void {
  const change = lms.takeNextRosterPage();
  const { status = 200, headers, body }: ReturnType<ChangePage> = change ? change(page) : page;
  res.status(status).set(headers);
  res.end(typeof body === 'string' ? body : JSON.stringify(body));
}

function memberJson(lms: LmsContext, member: Member, { course, tool, link }: Wanted): object {
  const { person, role, isSuspended } = member;
  return {
    status: isSuspended ? 'Inactive' : 'Active',
    roles: lms.quirks.rosterRoles[role],
    user_id: person.id,
    lis_person_sourcedid: person.idNumber,
    ...personalClaims(person, tool),
    ext_user_username: person.username,
    ...(link && { message: [messageJson(lms, member, { course, tool, link })] }),
  };
}

function messageJson(
  lms: LmsContext,
  { person, role }: Member,
  { course, tool, link }: Wanted & { link: Activity },
): object {
  const recipient = { person, role, course, tool, nonce: '', locale: '', sessionKey: '' };
  return {
    [lti('message_type')]: 'LtiResourceLinkRequest',
    [lti('custom')]: customClaim(lms, recipient, link),
    ...(coupledLineItem(lms.state, link.id) && {
      'https://purl.imsglobal.org/spec/lti-bo/claim/basicoutcome': basicOutcome(lms, recipient, link),
    }),
  };
}

/** A role may be asked for by its full name or by the word at its end. */
function isRole(name: string, asked: string | null): boolean {
  return name === asked || name.split('#')[1] === asked;
}

function query(given: Record<string, string | null>): string {
  const entries = Object.entries(given).flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : []));
  return entries.length > 0 ? `?${new URLSearchParams(entries).toString()}` : '';
}
