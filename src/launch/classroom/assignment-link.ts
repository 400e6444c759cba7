// The addresses of assignments that we make: where teachers begin, and the link that students find in Classroom.
import { framePrefix } from '../../platforms/classroom/our-addresses.ts';

/** The page on which a teacher assigns something, without any add-on; a path. */
export function assignPath(registrationId: number): string {
  return `/classroom/${registrationId}/assign`;
}

/** The link in an assignment. It cannot be guessed, and opens nothing by itself. @param key of the assignment */
export function workAddress(publicUrl: string, registrationId: number, key: string): string {
  return `${framePrefix(publicUrl, registrationId)}work/${key}`;
}
