// What a teacher chose for a course of Google Classroom, assigned there in the teacher's own name with a link of ours: without any add-on.
import { z } from 'zod';
import { createCourseWork, findCourseWork } from '../../classroom/course-work.ts';
import {
  claimAssignment,
  dropAssignment,
  releaseAssignment,
  settleAssignment,
} from '../../platforms/classroom/assignment.store.ts';
import { arriveAtPlacement } from '../arrive-at-placement.ts';
import type { ChosenContent } from '../content-choice.ts';
import type { ContentRequest } from '../content-request.store.ts';
import { workAddress } from '../../platforms/classroom/our-addresses.ts';
import { assignedPlace } from './assigned-place.ts';
import { refusedAs, teacherCall, type AttachRefusal, type AttachTools } from './attach-content.ts';

/** One intention of a teacher to assign something: however often it is sent, one assignment comes of it. */
export interface Assigning {
  key: string;
  googleCourseId: string;
}

const assigningSchema = z.object({ key: z.uuid(), googleCourseId: z.string() });

/** What a request of a teacher is kept with who assigns something. */
export function assigningText(assigning: Assigning): string {
  return JSON.stringify(assigning);
}

/** The intention that a request is for; null for one of another kind. */
export function assigningOf({ protocol, settings }: ContentRequest): Assigning | null {
  if (protocol !== 'classroom') return null;
  return assigningSchema.safeParse(JSON.parse(settings.data ?? 'null')).data ?? null;
}

/** What a teacher says of an assignment besides what is in it. */
export interface AssignmentTerms {
  /** Seen by the teachers alone, until one of them publishes it. */
  isDraft: boolean;
  /** Whether grades count at once; otherwise a teacher sees them first, and returns them. */
  isFinal: boolean;
}

/**
 * Makes the assignment, and puts what was chosen at its place here. Of two clicks the second makes none; a try of which we do not know what
 * came is looked for at Google by its link before another is made. No transaction may be open: this waits for another machine.
 *
 * @returns ok also where it is made already, or being made just now
 */
export async function assignContent(
  tools: AttachTools,
  request: ContentRequest,
  { key, googleCourseId }: Assigning,
  { content, title, points, dueAt }: ChosenContent,
  terms: AssignmentTerms,
): Promise<{ ok: true } | { ok: false; code: AttachRefusal }> {
  const { db, now, publicUrl } = tools;
  const { courseId, personId } = request;
  const teacher = await teacherCall(tools, request);
  if (typeof teacher === 'string') return { ok: false, code: teacher };
  const { known, call } = teacher;
  const claim = await claimAssignment(db, { key, courseId, madeBy: personId, ...terms }, now());
  if (claim === 'taken') return { ok: true };
  const url = workAddress(publicUrl, known.registrationId, key);
  const wanted = { title, url, maxPoints: points, dueAt, isDraft: terms.isDraft };
  const found = claim === 'first' ? null : await findCourseWork(call, googleCourseId, url);
  if (found && found.kind !== 'read') {
    await releaseAssignment(db, key, now());
    return { ok: false, code: refusedAs(tools, teacher, found) };
  }
  const made = found?.value
    ? { kind: 'read' as const, value: found.value }
    : await createCourseWork(call, googleCourseId, wanted);
  if (made.kind !== 'read') {
    if (made.kind === 'unavailable') await releaseAssignment(db, key, now());
    else await dropAssignment(db, key);
    return { ok: false, code: refusedAs(tools, teacher, made) };
  }
  const { id: itemId, alternateLink } = made.value;
  await db.transaction(async (tx) => {
    await settleAssignment(tx, key, { itemId, alternateLink });
    await arriveAtPlacement(
      tx,
      { deploymentId: known.deploymentId, courseId, personId, role: 'instructor' },
      assignedPlace({ apiUrl: known.client.apiUrl, googleCourseId, work: made.value, content }),
      now(),
    );
  });
  return { ok: true };
}
