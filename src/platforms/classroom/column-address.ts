// What stands for a gradebook column at Classroom: the address in the API of an attachment, or of an assignment that we made.
import type { AttachmentPlace } from '../../classroom/attachments.ts';
import { itemTypes } from '../../classroom/launch-parameters.ts';

/** An assignment that is graded itself, in the place of something attached to it. */
export interface AssignmentPlace {
  courseId: string;
  itemType: 'courseWork';
  itemId: string;
  attachmentId: null;
}

export type ColumnPlace = AttachmentPlace | AssignmentPlace;

/** @param apiUrl the root of the API, without a slash at the end */
export function columnAddress(apiUrl: string, { courseId, itemType, itemId, attachmentId }: ColumnPlace): string {
  const post = `${apiUrl}/v1/courses/${courseId}/${itemType}/${itemId}`;
  return attachmentId === null ? post : `${post}/addOnAttachments/${attachmentId}`;
}

/** Where the list of a course's people is. @param apiUrl the root of the API, without a slash at the end */
export function rosterAddress(apiUrl: string, courseId: string): string {
  return `${apiUrl}/v1/courses/${courseId}`;
}

const pattern = new RegExp(`/v1/courses/([\\w-]+)/(${itemTypes.join('|')})/([\\w-]+)(?:/addOnAttachments/([\\w-]+))?$`);

/** What is at an address of `columnAddress`; null for what is no such address. */
export function columnPlace(address: string): ColumnPlace | null {
  const [, courseId = '', said, itemId = '', attachmentId] = pattern.exec(address) ?? [];
  const itemType = itemTypes.find((one) => one === said);
  if (itemType === undefined) return null;
  if (attachmentId !== undefined) return { courseId, itemType, itemId, attachmentId };
  return itemType === 'courseWork' ? { courseId, itemType, itemId, attachmentId: null } : null;
}
