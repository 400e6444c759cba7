// What we have put into posts of a course: made, read, and changed.
import { z } from 'zod';
import { callClassroom, type Answered, type ClassroomCall } from './api.ts';
import type { ItemPlace } from './launch-parameters.ts';

export interface AttachmentPlace extends ItemPlace {
  attachmentId: string;
}

export interface Attachment {
  id: string;
  title: string;
  /** Points; null where it earns none. */
  maxPoints: number | null;
  teacherViewUri: string;
  /** What this is a copy of, the first original first: a copy has ids of its own, and nobody tells us of it. */
  copyHistory: { courseId: string; itemId: string; attachmentId: string }[];
}

/** What a new attachment is to be. `maxPoints`: a whole number above 0, or null for none. */
export interface NewAttachment {
  title: string;
  teacherViewUri: string;
  studentViewUri: string;
  /** Where a teacher looks at one student's work; null where there is none to look at, and then there are no points. */
  studentWorkReviewUri: string | null;
  maxPoints: number | null;
}

const attachmentSchema = z
  .object({
    id: z.string().min(1),
    title: z.string().catch(''),
    maxPoints: z.number().positive().nullable().catch(null),
    teacherViewUri: z.object({ uri: z.string() }),
    copyHistory: z.array(z.object({ courseId: z.string(), itemId: z.string(), attachmentId: z.string() })).catch([]),
  })
  .transform(({ teacherViewUri, ...attachment }): Attachment => ({
    ...attachment,
    teacherViewUri: teacherViewUri.uri,
  }));

/** Puts an attachment into a post. @param place.addOnToken as the frame was opened with; null where our own client made the post */
export function createAttachment(
  call: ClassroomCall,
  place: ItemPlace & { addOnToken: string | null },
  { title, teacherViewUri, studentViewUri, studentWorkReviewUri, maxPoints }: NewAttachment,
): Promise<Answered<Attachment>> {
  return callClassroom(call, {
    method: 'POST',
    path: attachmentsOf(place),
    query: { addOnToken: place.addOnToken },
    body: {
      title: title.slice(0, longestTitle),
      teacherViewUri: { uri: teacherViewUri },
      studentViewUri: { uri: studentViewUri },
      ...(studentWorkReviewUri !== null && {
        studentWorkReviewUri: { uri: studentWorkReviewUri },
        ...(maxPoints !== null && { maxPoints }),
      }),
    },
    schema: attachmentSchema,
  });
}

const longestTitle = 1000;

/** An attachment as it is now. Refuses as `not-there` one that was deleted. */
export function readAttachment(call: ClassroomCall, place: AttachmentPlace): Promise<Answered<Attachment>> {
  return callClassroom(call, { path: [...attachmentsOf(place), place.attachmentId], schema: attachmentSchema });
}

/** Renames an attachment, or changes what it is worth: `maxPoints` a whole number above 0. What is left out stays. */
export function changeAttachment(
  call: ClassroomCall,
  place: AttachmentPlace,
  change: { title?: string; maxPoints?: number },
): Promise<Answered<Attachment>> {
  return callClassroom(call, {
    method: 'PATCH',
    path: [...attachmentsOf(place), place.attachmentId],
    query: { updateMask: Object.keys(change).join(',') },
    body: change,
    schema: attachmentSchema,
  });
}

/** The path of a post's attachments in the API. */
export function attachmentsOf({ courseId, itemType, itemId }: ItemPlace): string[] {
  return ['courses', courseId, itemType, itemId, 'addOnAttachments'];
}
