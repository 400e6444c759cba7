// What stands for a gradebook column at Classroom: the address of an attachment in the API.
import type { AttachmentPlace } from '../../classroom/attachments.ts';
import { itemTypes } from '../../classroom/launch-parameters.ts';

/** @param apiUrl the root of the API, without a slash at the end */
export function columnAddress(apiUrl: string, { courseId, itemType, itemId, attachmentId }: AttachmentPlace): string {
  return `${apiUrl}/v1/courses/${courseId}/${itemType}/${itemId}/addOnAttachments/${attachmentId}`;
}

/** Where the list of a course's people is. @param apiUrl the root of the API, without a slash at the end */
export function rosterAddress(apiUrl: string, courseId: string): string {
  return `${apiUrl}/v1/courses/${courseId}`;
}

const pattern = new RegExp(`/v1/courses/([\\w-]+)/(${itemTypes.join('|')})/([\\w-]+)/addOnAttachments/([\\w-]+)$`);

/** The attachment at an address of `columnAddress`; null for what is no such address. */
export function columnPlace(address: string): AttachmentPlace | null {
  const [, courseId = '', said, itemId = '', attachmentId = ''] = pattern.exec(address) ?? [];
  const itemType = itemTypes.find((one) => one === said);
  return itemType ? { courseId, itemType, itemId, attachmentId } : null;
}
