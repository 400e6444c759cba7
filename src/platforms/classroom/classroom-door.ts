// The way into courses of Google Classroom: in the name of somebody who teaches there and has agreed to it.
import { eq } from 'drizzle-orm';
import type { Answered, ClassroomCall } from '../../classroom/api.ts';
import { readCourse } from '../../classroom/courses.ts';
import { scope } from '../../classroom/scopes.ts';
import type { TokenRefusal } from '../../classroom/tokens.ts';
import type { Database } from '../../database/database.ts';
import { courses } from '../../database/tables/courses.ts';
import { rosterScope } from '../../lti/roster.ts';
import type { Fetch } from '../../outbound/platform-http.ts';
import type { ServiceFailure } from '../../outbound/service-failure.ts';
import type { CourseDoor, CourseTarget, NoAccess } from '../course-access.ts';
import { classroomCourse } from './classroom-course.ts';
import { findGoogleClient, type KnownGoogleClient } from './client.store.ts';
import type { GoogleAccess } from './google-access.ts';
import type { AsTeacher } from './grade-column.ts';
import { listTeacherGrants, type Grant } from './grant.store.ts';

interface Tools {
  db: Database;
  fetch: Fetch;
  now: () => Date;
  /** Opens secrets and refresh tokens; 32 bytes. */
  sealingKey: Uint8Array;
  access: GoogleAccess;
}

/** Of so many teachers one is tried after the other. */
const mostTeachers = 3;

/**
 * A course is opened while somebody who teaches it is connected and has agreed to what is to be done. What one of them may not, or no longer,
 * the next one is asked for; `nobody-may` where there is none.
 */
export function createClassroomDoor(tools: Tools): CourseDoor<CourseTarget> {
  const { db, sealingKey, access } = tools;
  return {
    async open({ registrationId, courseId }, scopes) {
      const known = await findGoogleClient(db, registrationId, sealingKey);
      if (!known) return noAccess('tool-inactive', 'the client is switched off, or its secret does not open');
      const grants = (await listTeacherGrants(db, courseId, sealingKey)).filter(({ scopes: granted }) =>
        wantedFor(scopes).some((one) => granted.includes(one)),
      );
      const googleCourseId = await googleCourseOf(db, courseId);
      for (const grant of grants.slice(0, mostTeachers)) {
        const got = await access.tokenOf(known.client, grant);
        if (got.kind === 'granted') {
          const course = classroomCourse({ db, courseId }, asTeacherOf(tools, known, { grants, googleCourseId }));
          return { kind: 'granted', course, forget: () => access.forget(grant) };
        }
        if (got.kind !== 'grant-lost') return refusedToken(got);
      }
      return noAccess('teacher-must-reconnect', 'nobody who teaches the course is connected');
    },
  };
}

async function googleCourseOf(db: Database, courseId: number): Promise<string> {
  const [course] = await db.select({ contextId: courses.contextId }).from(courses).where(eq(courses.id, courseId));
  if (!course) throw new Error(`There is no course ${courseId}`);
  return course.contextId;
}

/** Of what a teacher has to have agreed to something: to the list of people, or to columns of either kind. */
function wantedFor(scopes: readonly string[]): string[] {
  return scopes.includes(rosterScope) ? [scope.rosters] : [scope.addOnTeacher, scope.courseWorkOfStudents];
}

/** Whose right it is, may be another teacher's: who left the course is refused, and so is who granted less. */
const passedOn = ['signed-out', 'not-allowed', 'scope-missing', 'wrong-account'];

function asTeacherOf(
  tools: Tools,
  { client }: KnownGoogleClient,
  { grants, googleCourseId }: { grants: readonly Grant[]; googleCourseId: string },
): AsTeacher {
  const { fetch, now, access } = tools;

  async function actAs<Value>(
    grant: Grant,
    act: (call: ClassroomCall) => Promise<Answered<Value>>,
  ): Promise<Answered<Value> | TokenRefusal> {
    for (const isLastTry of [false, true]) {
      const got = await access.tokenOf(client, grant);
      if (got.kind !== 'granted') return got;
      const answer = await act({ fetch, now, token: got.token, apiUrl: client.apiUrl });
      if (answer.kind !== 'unauthorized' || isLastTry) return answer;
      access.forget(grant);
    }
    throw new Error('unreachable');
  }

  return async (needed, act) => {
    let last: ServiceFailure = nobodyMay;
    for (const grant of grants.filter(({ scopes }) => scopes.includes(needed)).slice(0, mostTeachers)) {
      const answer = await actAs(grant, act);
      if (answer.kind === 'read') return answer;
      if (!('code' in answer)) {
        if (answer.kind !== 'grant-lost') return withoutToken(answer);
        continue;
      }
      if (answer.code === 'not-there') {
        // To who left the course all of it is not there: that says nothing of what we asked for.
        const course = await actAs(grant, (call) => readCourse(call, googleCourseId));
        if (course.kind === 'read') return answer;
        if (course.kind === 'unavailable') return 'code' in course ? course : withoutToken(course);
        continue;
      }
      if (!passedOn.includes(answer.code)) return answer;
      last = answer.kind === 'unauthorized' ? nobodyMay : answer;
    }
    return last;
  };
}

const nobodyMay: ServiceFailure = {
  ...{ kind: 'unavailable', status: null, fault: 'nobody-may', retryAfterSeconds: null },
  detail: 'nobody who teaches the course has agreed to it',
};

/** Our own client being refused heals once an administrator has set it right. */
function withoutToken({ kind, status, detail, retryAfterSeconds }: TokenRefusal): ServiceFailure {
  return { kind: kind === 'refused' ? kind : 'unavailable', status, fault: null, detail, retryAfterSeconds };
}

function noAccess(code: NoAccess['code'], detail: string): NoAccess {
  return { kind: 'no-access', code, status: null, detail, retryAfterSeconds: null };
}

function refusedToken({ kind, status, detail, retryAfterSeconds }: TokenRefusal): NoAccess {
  const code = kind === 'client-refused' ? 'tool-inactive' : kind === 'unavailable' ? 'unavailable' : 'refused';
  return { kind: 'no-access', code, status, detail, retryAfterSeconds };
}
