// From a verified launch to a person in a course, at the place they asked for: at one go, which also uses the login up.
import { eq } from 'drizzle-orm';
import type { Database, Transaction } from '../database/database.ts';
import { registrations } from '../database/tables/platforms.ts';
import { isCourseAsSaid, saveCourse, savePerson, type LaunchingPerson } from '../courses/course.store.ts';
import { saveMembership, saveMentees } from '../courses/member.store.ts';
import { personName } from '../courses/person-name.ts';
import { isPlacementAsSaid } from '../courses/placement.store.ts';
import { mayDo } from '../courses/rights.ts';
import { chooseLanguage } from '../i18n/i18n.ts';
import type { CourseRole } from '../lti/roles.ts';
import type { VerifiedLaunch } from '../lti/verified-launch.ts';
import { findDeployment, rememberDeployment, type Deployment, type Registration } from '../platforms/platform.store.ts';
import { contentOf, dueAtOf } from './content-identity.ts';
import { insertContentRequest } from './content-request.store.ts';
import { historyOf } from './copy-history.ts';
import { arriveAtPlacement, landingAt, placeSaid, type Place } from './arrive-at-placement.ts';
import { beginSession, type EntrySession } from './entry-session.store.ts';
import { admit, findKnownPlace } from './known-place.store.ts';
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
  /** What the person is signed in by from now on; null where the browser keeps no cookie of ours. */
  session: EntrySession | null;
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
export async function enterCourse(tools: { db: Database; now: () => Date }, arrival: Arrival): Promise<EntryOutcome> {
  return (await enterKnownPlace(tools, arrival)) ?? enterAnew(tools, arrival);
}

/** The way of a launch that says nothing new of course and place: only who comes is written. Null for all others. */
async function enterKnownPlace(
  { db, now }: { db: Database; now: () => Date },
  arrival: Arrival,
): Promise<EntryOutcome | null> {
  const { launch, registration, session } = arrival;
  const { resourceLink, role } = launch;
  const course = courseOf(launch);
  if (launch.messageType !== 'resource-link' || role === 'mentor' || !course || !resourceLink) return null;
  const { contextKind, contextId } = course;
  const ids = { contextKind, contextId, resourceLinkId: resourceLink.id };
  const named = { registrationId: registration.id, deploymentId: launch.deploymentId };
  const known = await findKnownPlace(db, { ...named, ...ids });
  if (!known || isFamilyNews(registration, launch.platformFamily)) return null;
  const { deployment, placement } = known;
  const { id: deploymentId } = deployment;
  const courseId = known.course.id;
  const place = placeOf(launch, resourceLink);
  const isNews =
    !isCourseAsSaid(known.course, { deploymentId, ...course }) ||
    !isPlacementAsSaid(placement, { ...placeSaid(place), courseId }) ||
    // Somebody may put a quiz there by coming.
    (placement.quizId === null && placement.content === 'quiz');
  if (isNews) return null;
  const code = refusalOf(deployment, launch);
  if (code !== null) return refused(code);
  const { loginId, expiresAt } = launch;
  const coming = { ...personOf(arrival, deploymentId), courseId, role, loginId, expiresAt, session };
  const personId = await admit(db, coming, now());
  if (personId === null) return refused('login-already-used');
  const landing = landingAt(placement, { courseId, personId, role }, place.content);
  return { ok: true, entry: { personId, courseId, role, landing } };
}

function enterAnew({ db, now }: { db: Database; now: () => Date }, arrival: Arrival): Promise<EntryOutcome> {
  const { launch, registration, session } = arrival;
  return db.transaction(async (tx) => {
    const deployment =
      (await findDeployment(tx, registration.id, launch.deploymentId)) ??
      (await rememberDeployment(tx, registration.id, launch.deploymentId, now()));
    const code = refusalOf(deployment, launch);
    if (!deployment || code !== null) return refused(code ?? 'deployment-unknown');
    if (!(await spendLogin(tx, launch))) return refused('login-already-used');
    await rememberFamily(tx, registration, launch.platformFamily);

    const course = courseOf(launch);
    if (!course) return refused('course-missing');
    const personId = await savePerson(tx, personOf(arrival, deployment.id), now());
    const courseId = await saveCourse(tx, { deploymentId: deployment.id, ...course });
    await saveMembership(tx, { courseId, personId, role: launch.role }, now());
    if (launch.role === 'mentor') {
      await saveMentees(tx, { courseId, mentorId: personId, subjects: launch.menteeSubjects });
    }
    const landed = await land(tx, { launch, deploymentId: deployment.id, personId, courseId }, now());
    if (!landed.ok) return landed;
    if (session) await beginSession(tx, session, personId);
    return { ok: true, entry: { personId, courseId, role: launch.role, landing: landed.landing } };
  });
}

/** Whether a deployment lets a launch in; null: it does. */
function refusalOf(deployment: Deployment | null, { person }: VerifiedLaunch): EntryRefusal | null {
  if (!deployment || deployment.state === 'pending') return 'deployment-unknown';
  if (deployment.state !== 'active') return 'deployment-inactive';
  return person.subject === null && deployment.anonymousLaunches === 'refuse' ? 'anonymous-not-allowed' : null;
}

function personOf({ launch, browserLanguages }: Arrival, deploymentId: number): LaunchingPerson {
  const { subject, sourcedId, isTestUser } = launch.person;
  const language = chooseLanguage([launch.locale, ...browserLanguages]);
  return { deploymentId, subject, name: personName(launch.person), sourcedId, language, isTestUser };
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
  const { resourceLink, role } = launch;
  if (!resourceLink) return refused('course-missing');
  const { landing } = await arriveAtPlacement(tx, { ...where, role }, placeOf(launch, resourceLink), now);
  return { ok: true, landing };
}

function placeOf(launch: VerifiedLaunch, { id, title }: NonNullable<VerifiedLaunch['resourceLink']>): Place {
  const { gradebook } = launch;
  return {
    resourceLinkId: id,
    title,
    content: contentOf(launch),
    history: historyOf(launch),
    lineItemUrl: gradebook?.lineItemUrl ?? null,
    lineItemsUrl: gradebook?.lineItemsUrl ?? null,
    gradebookScopes: gradebook?.scopes ?? [],
    dueAt: dueAtOf(launch),
  };
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
async function rememberFamily(tx: Transaction, registration: Registration, said: string | null) {
  if (!isFamilyNews(registration, said)) return;
  await tx.update(registrations).set({ family: said }).where(eq(registrations.id, registration.id));
}

function isFamilyNews({ family }: Registration, said: string | null): boolean {
  return said !== null && said !== family;
}

function refused(code: EntryRefusal): { ok: false; code: EntryRefusal } {
  return { ok: false, code };
}
