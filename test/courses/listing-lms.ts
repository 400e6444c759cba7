// An LMS that lists whom a test says, when the test says so, and a database with courses of it.
import { eq } from 'drizzle-orm';
import { saveCourse, savePerson } from '../../src/courses/course.store.ts';
import { saveMembership } from '../../src/courses/member.store.ts';
import { createRosterRefresher } from '../../src/courses/refresh-roster.ts';
import { ltiCourseAccess } from '../../src/platforms/course-access.ts';
import type { Database } from '../../src/database/database.ts';
import { memberships, people } from '../../src/database/tables/courses.ts';
import { createLog } from '../../src/log.ts';
import type { CourseRole } from '../../src/lti/roles.ts';
import { findDeployment, savePlatform } from '../../src/platforms/platform.store.ts';
import { openTestDatabase } from '../support/database.ts';

/** A member as the LMS writes one. */
export const listed = (user_id: string, role = 'Learner') => ({ user_id, roles: [role], name: `Listed ${user_id}` });
export const teacher = listed('teacher', 'Instructor');

/** A database with one registered LMS, and a clock that stands still until it is moved. */
export async function openSchool() {
  const database = await openTestDatabase();
  const { db } = database;
  let time = Date.parse('2026-11-21T09:00:00Z');
  const now = () => new Date(time);
  const deploymentId = await register(db, now());
  let courseCount = 0;

  const launch = async (courseId: number, subject: string, role: CourseRole, sourcedId: string | null = null) => {
    const said = { name: `Launched ${subject}`, sourcedId, language: 'uz', isTestUser: false };
    const person = { deploymentId, subject, ...said };
    await db.transaction(async (tx) => {
      const personId = await savePerson(tx, person, now());
      await saveMembership(tx, { courseId, personId, role }, now());
    });
  };

  return {
    ...{ db, now, deploymentId, launch },
    close: () => database.close(),
    advance: (ms: number) => {
      time += ms;
    },
    /** A course that its teacher has opened a minute ago. */
    newCourse: async (rosterUrl: string | null = 'https://lms.example/members') => {
      courseCount += 1;
      const course = { deploymentId, contextKind: 'context' as const, contextId: `c${courseCount}`, rosterUrl };
      const courseId = await db.transaction((tx) => saveCourse(tx, course));
      await launch(courseId, 'teacher', 'instructor');
      time += 60_000;
      return courseId;
    },
    /** All that is known of everybody in a course, by subject. */
    membersOf: async (courseId: number) => {
      const rows = await db
        .select()
        .from(memberships)
        .innerJoin(people, eq(people.id, memberships.personId))
        .where(eq(memberships.courseId, courseId));
      return new Map(rows.map((row) => [row.people.subject, { ...row.memberships, ...row.people }]));
    },
    /** The services of an LMS that lists these people, at once or when it is released; and processes of ours to ask it. */
    createLms: (members: () => object[]) => {
      const lms = { asked: 0, status: 200, answered: Promise.resolve(), release: () => {} };
      const answer = async () => {
        lms.asked += 1;
        const body = { members: members() };
        await lms.answered;
        return Response.json(body, { status: lms.status });
      };
      const services: Parameters<typeof createRosterRefresher>[0]['services'] = {
        now,
        signs: { note: async () => {} },
        call: (_target, _scopes, call) => call(ltiCourseAccess({ fetch: answer, now }, 'token')),
      };
      const log: string[] = [];
      const write = (line: string) => void log.push(line);
      const refresher = () => createRosterRefresher({ db, services, log: createLog('info', { write }) });
      const hold = () => {
        lms.answered = new Promise((resolve) => {
          lms.release = resolve;
        });
      };
      return { lms, log, services, refresher, hold };
    },
  };
}

async function register(db: Database, now: Date): Promise<number> {
  const address = 'https://lms.example/x';
  const endpoints = { authorizationUrl: address, tokenUrl: address, tokenAudience: address, jwksUrl: address };
  const details = { name: 'LMS', issuer: 'https://lms.example', clientId: 'us', deploymentId: '1', ...endpoints };
  const { id } = await savePlatform(db, details, { sealingKey: new Uint8Array(32), now });
  return (await findDeployment(db, id, '1'))?.id ?? 0;
}
