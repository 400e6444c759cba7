// From a link whose opener Google has vouched for to a person in a course, at the place of the assignment: one transaction.
import type { CourseWork } from '../../classroom/course-work.ts';
import type { GoogleCourse } from '../../classroom/courses.ts';
import { saveMembership } from '../../courses/member.store.ts';
import type { Database } from '../../database/database.ts';
import type { KnownGoogleClient } from '../../platforms/classroom/client.store.ts';
import { sendToKnown } from '../../grades/send-again.store.ts';
import { arriveAtPlacement } from '../arrive-at-placement.ts';
import type { Landing } from '../landing.ts';
import { assignedPlace } from './assigned-place.ts';
import { rememberCourse } from './remember-course.ts';

/** What Google has confirmed of who opened the link of an assignment. */
export interface ConfirmedWork {
  known: KnownGoogleClient;
  personId: number;
  googleCourseId: string;
  work: CourseWork;
  /** Of who teaches it; null for a student whom the assignment is for. */
  course: GoogleCourse | null;
}

/** Remembers what an opening says, and where it leads. */
export async function enterWork(
  { db, now }: { db: Database; now: () => Date },
  { known, personId, googleCourseId, work, course }: ConfirmedWork,
): Promise<{ courseId: number; role: 'instructor' | 'learner'; landing: Landing }> {
  const { deploymentId, client } = known;
  const { apiUrl } = client;
  const role = course ? 'instructor' : 'learner';
  return db.transaction(async (tx) => {
    const courseId = await rememberCourse(tx, { deploymentId, googleCourseId, course, apiUrl, copiedFrom: [] });
    await saveMembership(tx, { courseId, personId, role }, now());
    const { placementId, landing } = await arriveAtPlacement(
      tx,
      { deploymentId, courseId, personId, role },
      assignedPlace({ apiUrl, googleCourseId, work, content: null }),
      now(),
    );
    // Whoever was not among those whom it is for, and is now, may have points that were refused.
    if (role === 'learner') await sendToKnown(tx, { placementId, personId }, now());
    return { courseId, role, landing };
  });
}
