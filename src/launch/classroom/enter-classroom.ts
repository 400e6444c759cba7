// From a frame that Google has vouched for to a person in a course, at the place they opened: one transaction.
import { and, eq, ne } from 'drizzle-orm';
import type { AddOnContext } from '../../classroom/add-on-context.ts';
import type { Attachment } from '../../classroom/attachments.ts';
import type { GoogleCourse } from '../../classroom/courses.ts';
import type { LaunchParameters } from '../../classroom/launch-parameters.ts';
import { saveMembership } from '../../courses/member.store.ts';
import type { Database, Transaction } from '../../database/database.ts';
import { classroomSubmissions } from '../../database/tables/classroom.ts';
import { sendToKnown } from '../../grades/send-again.store.ts';
import { lineItemScope } from '../../lti/line-items.ts';
import { resultScope } from '../../lti/results.ts';
import { scoreScope } from '../../lti/scores.ts';
import { columnAddress } from '../../platforms/classroom/column-address.ts';
import { arriveAtPlacement } from '../arrive-at-placement.ts';
import { insertContentRequest } from '../content-request.store.ts';
import type { Landing } from '../landing.ts';
import { contentInAddress } from './attachment-link.ts';
import { linkedContent } from './linked-content.ts';
import { rememberCourse } from './remember-course.ts';

/** What Google has confirmed of who opened a frame, and where. */
export interface ConfirmedOpening {
  deploymentId: number;
  personId: number;
  /** The root of the API, without a slash at the end. */
  apiUrl: string;
  /** Where Classroom's pages are. */
  hostOrigin: string;
  place: LaunchParameters;
  context: AddOnContext;
  /** Null where this person may not read it. */
  course: GoogleCourse | null;
  /** Null where something is still to be chosen. */
  attachment: Attachment | null;
  /** Whether a teacher looks at the work of the student in `place.submissionId`. */
  isReview: boolean;
}

export type ClassroomEntry = { courseId: number; role: 'instructor' | 'learner'; landing: Landing | null };

/** Remembers what an opening says. `landing`: null where there is no work to look at yet. */
export async function enterClassroom(
  { db, now, publicUrl }: { db: Database; now: () => Date; publicUrl: string },
  opening: ConfirmedOpening,
): Promise<ClassroomEntry> {
  const { deploymentId, personId, place, context, attachment } = opening;
  const role = context.role === 'teacher' ? 'instructor' : 'learner';
  return db.transaction(async (tx) => {
    const courseId = await rememberCourse(tx, {
      ...{ deploymentId, googleCourseId: place.courseId, course: opening.course, apiUrl: opening.apiUrl },
      // Google has the first original first.
      copiedFrom: attachment?.copyHistory.map((copied) => copied.courseId).reverse() ?? [],
    });
    await saveMembership(tx, { courseId, personId, role }, now());
    const entry = { courseId, role } as const;
    if (!attachment) {
      const requestId = await insertContentRequest(tx, { personId, courseId, settings: settingsOf(opening) }, now());
      const { urlToUpgrade: address } = place;
      const replaces = address !== null && { content: await linkedContent(tx, { address, publicUrl, courseId }) };
      return { ...entry, landing: { kind: 'content-request', requestId, ...(replaces && { replaces }) } };
    }
    const { placementId, landing } = await arriveAtPlacement(
      tx,
      { deploymentId, courseId, personId, role },
      {
        resourceLinkId: linkId({ ...place, attachmentId: attachment.id }),
        title: attachment.title || null,
        content: contentInAddress(attachment.teacherViewUri),
        history: {
          // The nearest ancestor first, where Google has the first one first.
          contextIds: attachment.copyHistory.map((copied) => copied.courseId).reverse(),
          resourceLinkIds: attachment.copyHistory
            .map(({ itemId, attachmentId }) => linkId({ itemType: place.itemType, itemId, attachmentId }))
            .reverse(),
        },
        lineItemUrl:
          attachment.maxPoints === null || !context.takesWork
            ? null
            : columnAddress(opening.apiUrl, { ...place, attachmentId: attachment.id }),
        lineItemsUrl: null,
        gradebookScopes: [scoreScope, resultScope, lineItemScope],
        dueAt: null,
      },
      now(),
    );
    if (opening.isReview) return { ...entry, landing: await reviewOf(tx, placementId, place.submissionId) };
    if (role === 'learner' && context.submissionId !== null) {
      await rememberSubmission(tx, { placementId, personId, submissionId: context.submissionId }, now());
    }
    return { ...entry, landing };
  });
}

/** How a place is called within its course. */
function linkId({ itemType, itemId, attachmentId }: Record<'itemType' | 'itemId' | 'attachmentId', string>): string {
  return `${itemType}/${itemId}/${attachmentId}`;
}

/** A frame asks for one thing; what it is opened for comes back with the choice. */
function settingsOf({ place, context, hostOrigin }: ConfirmedOpening) {
  const { courseId, itemType, itemId, addOnToken } = place;
  return {
    returnUrl: hostOrigin,
    acceptsResourceLinks: true,
    acceptsMultiple: false,
    acceptsLineItem: context.takesWork,
    title: null,
    text: null,
    data: JSON.stringify({ courseId, itemType, itemId, addOnToken }),
  };
}

/** Google tells us whose work is whose only when they open it: points of before, such as those of the credit page, can go there now. */
async function rememberSubmission(tx: Transaction, submission: typeof classroomSubmissions.$inferInsert, now: Date) {
  const { submissionId } = submission;
  const changed = await tx
    .insert(classroomSubmissions)
    .values(submission)
    .onConflictDoUpdate({
      target: [classroomSubmissions.placementId, classroomSubmissions.personId],
      set: { submissionId },
      setWhere: ne(classroomSubmissions.submissionId, submissionId),
    })
    .returning();
  if (changed.length > 0) await sendToKnown(tx, submission, now);
}

/** Whoever has never opened it has no work there. */
async function reviewOf(tx: Transaction, placementId: number, submissionId: string | null): Promise<Landing | null> {
  if (submissionId === null) return null;
  const [found] = await tx
    .select({ learnerId: classroomSubmissions.personId })
    .from(classroomSubmissions)
    .where(and(eq(classroomSubmissions.placementId, placementId), eq(classroomSubmissions.submissionId, submissionId)));
  return found ? { kind: 'review', placementId, learnerId: found.learnerId, isOwn: false, isAlone: true } : null;
}
