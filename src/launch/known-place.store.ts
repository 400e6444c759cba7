// The launch of a place that is known, which most are: what is known is read at one go, and who comes is written at one go. Rows that
// are others' too, such as that of the course, are left alone, so that a class that starts together does not wait for one another.
import { and, eq, sql } from 'drizzle-orm';
import { launchedCourse, upsertPerson, type LaunchingPerson } from '../courses/course.store.ts';
import { upsertMembership } from '../courses/member.store.ts';
import { launchedPlacement, type KnownPlacement } from '../courses/placement.store.ts';
import type { Database } from '../database/database.ts';
import { askTogether } from '../database/ask-together.ts';
import { prepared } from '../database/prepared.ts';
import { courses, memberships, people, placements } from '../database/tables/courses.ts';
import { deployments } from '../database/tables/platforms.ts';
import { sessions, spentLogins } from '../database/tables/sessions.ts';
import type { CourseRole } from '../lti/roles.ts';
import { beginningSession, type EntrySession } from './entry-session.store.ts';
import { spendingLogin } from './spent-login.store.ts';

const given = sql.placeholder;

const findPlace = prepared('find-known-place', (db) =>
  db
    .select({ deployment: deployments, course: launchedCourse, placement: launchedPlacement })
    .from(deployments)
    .innerJoin(courses, eq(courses.deploymentId, deployments.id))
    .innerJoin(placements, eq(placements.courseId, courses.id))
    .where(
      and(
        eq(deployments.registrationId, given('registrationId')),
        eq(deployments.deploymentId, given('deploymentId')),
        eq(courses.contextKind, given('contextKind')),
        eq(courses.contextId, given('contextId')),
        eq(placements.resourceLinkId, given('resourceLinkId')),
      ),
    ),
);

/** A place that somebody has launched before. */
export interface KnownPlace {
  deployment: typeof deployments.$inferSelect;
  course: Pick<typeof courses.$inferSelect, 'id' | 'label' | 'title' | 'rosterUrl' | 'copiedFrom'>;
  placement: KnownPlacement;
}

/** A place by the LMS's own ids, within our registration of it. */
export interface PlaceIds {
  registrationId: number;
  deploymentId: string;
  contextKind: 'context' | 'resource-link';
  contextId: string;
  resourceLinkId: string;
}

/** What is known of a place; null if nobody has launched it yet. */
export const findKnownPlace = askTogether(async (db: Database, ids: PlaceIds): Promise<KnownPlace | null> => {
  const [place] = await findPlace(db).execute({ ...ids });
  return place ?? null;
});

const admission = prepared('admit', (db) => {
  const spent = db
    .$with('spent', { loginId: spentLogins.loginId })
    .as(spendingLogin({ loginId: given('loginId'), expiresAt: given('expiresAt') }));
  const said = {
    ...{ deploymentId: given('deploymentId'), subject: given('subject'), name: given('name') },
    ...{ sourcedId: given('sourcedId'), language: given('language'), isTestUser: given('isTestUser') },
  };
  const person = db
    .$with('person', { id: people.id })
    .as(upsertPerson({ ...said, lastLaunchAt: given('now') }, sql`from spent`));
  const membership = { courseId: given('courseId'), personId: sql`person.id`, role: given('role') };
  const member = db
    .$with('member', { personId: memberships.personId })
    .as(upsertMembership({ ...membership, launchedAt: given('now') }, sql`from person`));
  const session = { idHash: given('idHash'), expiresAt: given('sessionExpiresAt'), replaced: given('replaced') };
  const { begun, ended } = beginningSession(session, sql`person`);
  const { idHash } = sessions;
  const withSession = [db.$with('begun', { idHash }).as(begun), db.$with('ended', { idHash }).as(ended)];
  return db
    .with(spent, person, member, ...withSession)
    .select()
    .from(member);
});

/**
 * Uses a login up, remembers who comes with it and as what, and begins their session: all or nothing, and once only.
 *
 * @returns our key of the person; null if the login was used before, even at the same moment by another process
 */
export async function admit(
  db: Database,
  {
    session,
    ...coming
  }: LaunchingPerson & {
    courseId: number;
    role: CourseRole;
    loginId: string;
    expiresAt: Date;
    session: EntrySession | null;
  },
  now: Date,
): Promise<number | null> {
  // A moment has to be named even where no session begins.
  const { idHash = null, expiresAt: sessionExpiresAt = now, replaced = null } = session ?? {};
  const [admitted] = await admission(db).execute({ ...coming, idHash, sessionExpiresAt, replaced, now });
  return admitted?.personId ?? null;
}
