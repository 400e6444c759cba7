// What stands for a gradebook column at Classroom: the address of an attachment in the API, or of an assignment that we made.
import { itemTypes, type ItemPlace } from '../../classroom/launch-parameters.ts';

/** `attachmentId`: null for an assignment of ours. */
export type ColumnPlace = ItemPlace & ({ attachmentId: string } | { attachmentId: null });

/** @param apiUrl the root of the API, without a slash at the end */
export function columnAddress(apiUrl: string, { courseId, itemType, itemId, attachmentId }: ColumnPlace): string {
  const item = `${apiUrl}/v1/courses/${courseId}/${itemType}/${itemId}`;
  return attachmentId === null ? item : `${item}/addOnAttachments/${attachmentId}`;
}

/** Where the list of a course's people is. */
export function rosterAddress(apiUrl: string, courseId: string): string {
  return `${apiUrl}/v1/courses/${courseId}`;
}

const pattern = new RegExp(`/v1/courses/([\\w-]+)/(${itemTypes.join('|')})/([\\w-]+)(?:/addOnAttachments/([\\w-]+))?$`);

/** Null for what is no such address. */
export function columnPlace(address: string): ColumnPlace | null {
  const [, courseId = '', said, itemId = '', attachmentId] = pattern.exec(address) ?? [];
  const itemType = itemTypes.find((one) => one === said);
  return itemType ? { courseId, itemType, itemId, attachmentId: attachmentId ?? null } : null;
}
