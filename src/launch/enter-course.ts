// From a verified launch to a person in a course, at the place they asked for: one transaction, which also uses the login up.
import { eq } from 'drizzle-orm';
import type { Database, Transaction } from '../database/database.ts';
import { registrations } from '../database/tables/platforms.ts';
import { saveCourse, savePerson } from '../courses/course.store.ts';
import { saveMembership, saveMentees } from '../courses/member.store.ts';
import { personName } from '../courses/person-name.ts';
import { mayDo } from '../courses/rights.ts';
import { chooseLanguage } from '../i18n/i18n.ts';
import type { CourseRole } from '../lti/roles.ts';
import type { VerifiedLaunch } from '../lti/verified-launch.ts';
import { findDeployment, rememberDeployment, type Registration } from '../platforms/platform.store.ts';
import { contentOf, dueAtOf } from './content-identity.ts';
import { insertContentRequest } from './content-request.store.ts';
import { historyOf } from './copy-history.ts';
import { arriveAtPlacement } from './arrive-at-placement.ts';
import { findReviewed } from './reviewed-work.store.ts';
import type { Landing } from './landing.ts';
import { spendLogin } from './spent-login.store.ts';

/** Why a launch that verified still leads nowhere. */
export type EntryRefusal =
  | 'login-already-used'
  | 'deployment-unknown'
  | 'deployment-inactive'
  | 'anonymous-not-allowed'
  | 'course-missing'
  | 'not-an-author'
  | 'review-not-yours'
  | 'nothing-to-review';

/** Where a person is after a launch. */
export interface Entry {
  personId: number;
  courseId: number;
  role: CourseRole;
  landing: Landing;
}

export type EntryOutcome = { ok: true; entry: Entry } | { ok: false; code: EntryRefusal };

/** A launch with what this side knows of it. */
export interface Arrival {
  launch: VerifiedLaunch;
  registration: Registration;
  /** For the case that the LMS names no language. */
  browserLanguages: string[];
}

/** Somebody who was let into a course, before it is settled what they see there. */
interface Arrived {
  launch: VerifiedLaunch;
  deploymentId: number;
  personId: number;
  courseId: number;
}

/**
 * Remembers what a launch says of person, course and placement. All or nothing, and once only: a launch that is sent a second
 * time, even at the same moment to another process, is refused by the database. A deployment that nobody has approved yet is
 * remembered, so that an administrator finds it.
 */
export async function enterCourse(
  { db, now }: { db: Database; now: () => Date },
  { launch, registration, browserLanguages }: Arrival,
): Promise<EntryOutcome> {
  return db.transaction(async (tx) => {
    const deployment =
      (await findDeployment(tx, registration.id, launch.deploymentId)) ??
      (await rememberDeployment(tx, registration.id, launch.deploymentId, now()));
    if (!deployment || deployment.state === 'pending') return refused('deployment-unknown');
    if (deployment.state !== 'active') return refused('deployment-inactive');
    if (launch.person.subject === null && deployment.anonymousLaunches === 'refuse') {
      return refused('anonymous-not-allowed');
    }
    if (!(await spendLogin(tx, launch))) return refused('login-already-used');
    await rememberFamily(tx, registration, launch.platformFamily);

    const course = courseOf(launch);
    if (!course) return refused('course-missing');
    const personId = await savePerson(
      tx,
      {
        deploymentId: deployment.id,
        subject: launch.person.subject,
        name: personName(launch.person),
        sourcedId: launch.person.sourcedId,
        language: chooseLanguage([launch.locale, ...browserLanguages]),
        isTestUser: launch.person.isTestUser,
      },
      now(),
    );
    const courseId = await saveCourse(tx, { deploymentId: deployment.id, ...course });
    await saveMembership(tx, { courseId, personId, role: launch.role }, now());
    if (launch.role === 'mentor') {
      await saveMentees(tx, { courseId, mentorId: personId, subjects: launch.menteeSubjects });
    }
    const landed = await land(tx, { launch, deploymentId: deployment.id, personId, courseId }, now());
    if (!landed.ok) return landed;
    return { ok: true, entry: { personId, courseId, role: launch.role, landing: landed.landing } };
  });
}

type Landed = { ok: true; landing: Landing } | { ok: false; code: EntryRefusal };

async function land(tx: Transaction, arrived: Arrived, now: Date): Promise<Landed> {
  switch (arrived.launch.messageType) {
    case 'resource-link':
      return landAtPlacement(tx, arrived, now);
    case 'deep-linking':
      return landAtChooser(tx, arrived, now);
    case 'submission-review':
      return landAtReview(tx, arrived);
  }
}

async function landAtPlacement(tx: Transaction, { launch, ...where }: Arrived, now: Date): Promise<Landed> {
  const { resourceLink, gradebook, role } = launch;
  if (!resourceLink) return refused('course-missing');
  const place = {
    resourceLinkId: resourceLink.id,
    title: resourceLink.title,
    content: contentOf(launch),
    history: historyOf(launch),
    lineItemUrl: gradebook?.lineItemUrl ?? null,
    lineItemsUrl: gradebook?.lineItemsUrl ?? null,
    gradebookScopes: gradebook?.scopes ?? [],
    dueAt: dueAtOf(launch),
  };
  const { landing } = await arriveAtPlacement(tx, { ...where, role }, place, now);
  return { ok: true, landing };
}

async function landAtChooser(tx: Transaction, { launch, personId, courseId }: Arrived, now: Date): Promise<Landed> {
  const { deepLinking, role } = launch;
  if (!deepLinking || !mayDo(role, 'edit-quizzes')) return refused('not-an-author');
  const requestId = await insertContentRequest(tx, { personId, courseId, settings: deepLinking }, now);
  return { ok: true, landing: { kind: 'content-request', requestId } };
}

/**
 * An LMS exists that signs this message for a student who asks for another one's work (lti.md §2.13), so who may see it is
 * decided here.
 */
async function landAtReview(tx: Transaction, { launch, ...where }: Arrived): Promise<Landed> {
  const { review, role, person, resourceLink } = launch;
  if (!review) return refused('nothing-to-review');
  const isOwn = person.subject === review.subject;
  if (!isOwn && !mayDo(role, 'see-results')) return refused('review-not-yours');
  const found = await findReviewed(tx, { ...where, ...review, resourceLinkId: resourceLink?.id ?? null });
  if (!found) return refused('nothing-to-review');
  const mayBeOwn = isOwn && mayDo(role, 'answer');
  const { content, learnerId: personId, placementId } = found;
  if (content === 'credits') {
    return { ok: true, landing: { kind: 'credits-of', courseId: where.courseId, personId, isOwn: mayBeOwn } };
  }
  return { ok: true, landing: { kind: 'review', placementId, learnerId: personId, isOwn: mayBeOwn } };
}

/** The course of a launch; where the LMS names none, the resource link is a course of its own. Null if it names neither. */
function courseOf(launch: VerifiedLaunch) {
  const { course, resourceLink, rosterUrl } = launch;
  const copiedFrom = historyOf(launch).contextIds;
  if (course) {
    const { id, label, title } = course;
    return { contextKind: 'context' as const, contextId: id, label, title, rosterUrl, copiedFrom };
  }
  if (!resourceLink) return null;
  const { id, title } = resourceLink;
  return { contextKind: 'resource-link' as const, contextId: id, label: null, title, rosterUrl: null, copiedFrom };
}

/** What kind of LMS it is, it may say only in its launches. */
async function rememberFamily(tx: Transaction, { id, family }: Registration, said: string | null) {
  if (said === null || said === family) return;
  await tx.update(registrations).set({ family: said }).where(eq(registrations.id, id));
}

function refused(code: EntryRefusal): { ok: false; code: EntryRefusal } {
  return { ok: false, code };
}
