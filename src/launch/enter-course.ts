// From a verified launch to a person in a course at a placement: one transaction, which also uses the login up.
import type { Database } from '../database/database.ts';
import { spentLogins } from '../database/tables/sessions.ts';
import { saveCourse, saveMembership, savePerson, savePlacement, type CourseRole } from '../courses/course.store.ts';
import { chooseLanguage } from '../i18n/i18n.ts';
import type { VerifiedLaunch } from '../lti/verified-launch.ts';
import { findDeployment } from '../platforms/platform.store.ts';

/** Why a launch that verified still leads nowhere. */
export type EntryRefusal = 'login-already-used' | 'deployment-unknown' | 'deployment-inactive' | 'message-not-offered';

/** Where a person is after a launch. */
export interface Entry {
  personId: number;
  placementId: number;
  role: CourseRole;
}

/**
 * Remembers what a launch says of person, course and placement. All or nothing, and once only: a launch that is sent a second
 * time, even at the same moment to another process, is refused by the database.
 *
 * @param registrationId whose launch it is
 * @param browserLanguages for the case that the LMS names no language
 */
export async function enterCourse(
  { db, now }: { db: Database; now: () => Date },
  {
    launch,
    registrationId,
    browserLanguages,
  }: {
    launch: VerifiedLaunch;
    registrationId: number;
    browserLanguages: string[];
  },
): Promise<{ ok: true; entry: Entry } | { ok: false; code: EntryRefusal }> {
  const { resourceLink } = launch;
  if (launch.messageType !== 'resource-link' || !resourceLink) return { ok: false, code: 'message-not-offered' };
  return db.transaction(async (tx) => {
    const deployment = await findDeployment(tx, registrationId, launch.deploymentId);
    if (!deployment) return { ok: false, code: 'deployment-unknown' };
    if (deployment.state !== 'active') return { ok: false, code: 'deployment-inactive' };
    const [spent] = await tx
      .insert(spentLogins)
      .values({ loginId: launch.loginId, expiresAt: launch.expiresAt })
      .onConflictDoNothing()
      .returning();
    if (!spent) return { ok: false, code: 'login-already-used' };

    const personId = await savePerson(
      tx,
      {
        deploymentId: deployment.id,
        subject: launch.person.subject,
        name: displayName(launch.person),
        language: chooseLanguage([launch.locale, ...browserLanguages]),
        isTestUser: launch.person.isTestUser,
      },
      now(),
    );
    const courseId = await saveCourse(tx, { deploymentId: deployment.id, ...courseOf(launch, resourceLink) });
    await saveMembership(tx, { courseId, personId, role: launch.role });
    const placementId = await savePlacement(tx, {
      courseId,
      resourceLinkId: resourceLink.id,
      title: resourceLink.title,
      lineItemUrl: launch.gradebook?.lineItemUrl ?? null,
      gradebookScopes: launch.gradebook?.scopes ?? [],
    });
    return { ok: true, entry: { personId, placementId, role: launch.role } };
  });
}

/** The course of a launch; where the LMS names none, the resource link is a course of its own. */
function courseOf({ course }: VerifiedLaunch, resourceLink: { id: string; title: string | null }) {
  if (!course) {
    return {
      contextKind: 'resource-link' as const,
      contextId: resourceLink.id,
      label: null,
      title: resourceLink.title,
    };
  }
  return { contextKind: 'context' as const, contextId: course.id, label: course.label, title: course.title };
}

function displayName({ name, givenName, familyName }: VerifiedLaunch['person']) {
  return name ?? ([givenName, familyName].filter(Boolean).join(' ') || null);
}
