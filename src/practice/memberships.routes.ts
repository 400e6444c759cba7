// NRPS: who is in a course, page by page, with Moodle's short role names.
import { type Request, Router } from 'express';
import { addresses } from './addresses.ts';
import type { LmsContext } from './context.ts';
import { findActivity, findCourse, fullName, membersOf } from './directory.ts';
import { meetFaults } from './faults.ts';
import { recordRequest } from './received.ts';
import { scopes } from './scopes.ts';
import { requireAccess } from './service-access.ts';
import { answer, refuse } from './service-answer.ts';
import type { Person, Role } from './state.ts';

const membersType = 'application/vnd.ims.lti-nrps.v2.membershipcontainer+json';
const roleNames: Record<Role, string> = { teacher: 'Instructor', student: 'Learner' };

/**
 * `GET /CourseSection/:courseId/bindings/:toolTypeId/memberships?role&limit&from&rlid`. A role it does not know lets
 * everybody pass, and the link to the next page forgets the role, as in Moodle.
 */
export function membershipRoutes(lms: LmsContext): Router {
  return Router().get(
    '/CourseSection/:courseId/bindings/:toolTypeId/memberships',
    recordRequest(lms.received, 'memberships', lms.now),
    meetFaults(lms, 'service'),
    requireAccess(lms, { mediaType: membersType, scopes: [scopes.memberships] }),
    (req: Request<{ courseId: string }>, res) => {
      const { courseId } = req.params;
      const { role: asked, rlid } = req.query;
      if (typeof rlid === 'string' && findActivity(lms.state, rlid)?.courseId !== courseId) {
        return refuse(req, res, 404, 'Not Found');
      }
      const isKnown = Object.values(roleNames).some((name) => name === asked);
      const members = membersOf(lms.state, courseId).filter(({ role }) => !isKnown || roleNames[role] === asked);
      const from = Number(req.query['from'] ?? 0);
      const limit = Number(req.query['limit'] ?? 0) || members.length;
      const id = addresses(lms.url).memberships(courseId);
      if (from + limit < members.length) res.set('Link', `<${id}?limit=${limit}&from=${from + limit}>; rel="next"`);
      const course = findCourse(lms.state, courseId);
      answer(res, 200, membersType, {
        id,
        context: { id: courseId, label: course?.shortName, title: course?.title },
        members: members.slice(from, from + limit).map(({ person, role }) => memberJson(person, role)),
      });
    },
  );
}

function memberJson(person: Person, role: Role): object {
  return {
    status: 'Active',
    roles: [roleNames[role]],
    user_id: person.id,
    lis_person_sourcedid: '',
    name: fullName(person),
    given_name: person.givenName,
    family_name: person.familyName,
    email: person.email,
    ext_user_username: person.username,
  };
}
