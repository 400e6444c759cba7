// Who opens a frame, as Google says it to that person's own token: the one proof there is of role and place.
import { z } from 'zod';
import { callClassroom, type Answered, type ClassroomCall } from './api.ts';
import type { ItemPlace } from './launch-parameters.ts';

export interface AddOnContext {
  role: 'teacher' | 'student';
  /** Of a student; null where the post takes no work. */
  submissionId: string | null;
  /** Whether students hand work in here. */
  takesWork: boolean;
}

const contextSchema = z
  .object({
    courseId: z.string(),
    itemId: z.string(),
    supportsStudentWork: z.boolean().catch(false),
    studentContext: z.object({ submissionId: z.string().min(1).nullable().catch(null) }).optional(),
    teacherContext: z.object({}).optional(),
  })
  // Exactly one of the two: whoever is neither, or both, is not let in as anybody.
  .refine(({ studentContext, teacherContext }) => (studentContext === undefined) !== (teacherContext === undefined));

/**
 * Asks whether this person may open this, and as what. To be asked at every opening.
 *
 * @param asked.attachmentId null only where something is still to be chosen
 * @see classroom.md §2.6; `courses.courseWork.getAddOnContext`
 */
export async function readAddOnContext(
  call: ClassroomCall,
  asked: ItemPlace & { attachmentId: string | null; addOnToken: string | null },
): Promise<Answered<AddOnContext>> {
  const { courseId, itemType, itemId, attachmentId, addOnToken } = asked;
  const read = await callClassroom(call, {
    path: ['courses', courseId, itemType, itemId, 'addOnContext'],
    query: { attachmentId, addOnToken },
    schema: contextSchema,
  });
  if (read.kind !== 'read') return read;
  const { studentContext, supportsStudentWork: takesWork } = read.value;
  const role = studentContext ? 'student' : 'teacher';
  return { kind: 'read', value: { role, submissionId: studentContext?.submissionId ?? null, takesWork } };
}
