// The points of a student's work at an attachment. Classroom makes a draft grade of them, which the teacher returns.
import { z } from 'zod';
import { callClassroom, type Answered, type ClassroomCall } from './api.ts';
import { attachmentsOf, type AttachmentPlace } from './attachments.ts';

const gradeSchema = z
  .object({ pointsEarned: z.number().nullable().catch(null) })
  .transform(({ pointsEarned }) => ({ points: pointsEarned }));

export interface SubmissionPlace extends AttachmentPlace {
  submissionId: string;
}

/** Points as Classroom has them; null where it has none. */
export function readAttachmentGrade(
  call: ClassroomCall,
  place: SubmissionPlace,
): Promise<Answered<{ points: number | null }>> {
  return callClassroom(call, { path: pathOf(place), schema: gradeSchema });
}

/** Tells Classroom the points; null takes back what it has. Only somebody who teaches the course may. */
export function sendAttachmentGrade(
  call: ClassroomCall,
  place: SubmissionPlace,
  points: number | null,
): Promise<Answered<{ points: number | null }>> {
  return callClassroom(call, {
    method: 'PATCH',
    path: pathOf(place),
    query: { updateMask: 'pointsEarned' },
    body: points === null ? {} : { pointsEarned: points },
    schema: gradeSchema,
  });
}

function pathOf(place: SubmissionPlace): string[] {
  return [...attachmentsOf(place), place.attachmentId, 'studentSubmissions', place.submissionId];
}
