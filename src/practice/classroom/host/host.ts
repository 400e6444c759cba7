// What every page of the practice Google Classroom is handed, and what its pages ask of the state.
import type { PracticeClassroom } from '../practice-classroom.ts';
import type { Account, Attachment, Item, PracticeCourse, State, Submission } from '../state.ts';

export interface HostContext {
  classroom: PracticeClassroom;
  now: () => Date;
}

export type Role = 'teacher' | 'student';

/** Undefined for who is not in it. */
export function roleIn({ teacherIds, studentIds }: PracticeCourse, accountId: string): Role | undefined {
  if (teacherIds.includes(accountId)) return 'teacher';
  return studentIds.includes(accountId) ? 'student' : undefined;
}

export function accountOf({ accounts }: State, id: string | null | undefined): Account | undefined {
  return accounts.find((account) => account.id === id);
}

export function fullName({ givenName, familyName }: Account): string {
  return `${givenName} ${familyName}`;
}

/** Whether somebody of this role sees a post: drafts are their teachers', what was deleted is nobody's. */
export function isSeen({ state }: Item, role: Role): boolean {
  return state === 'PUBLISHED' || (state === 'DRAFT' && role === 'teacher');
}

/** The posts of a course that somebody sees, the newest first. */
export function postsOf(state: State, { id: courseId }: PracticeCourse, role: Role): Item[] {
  return state.items.filter((item) => item.courseId === courseId && isSeen(item, role)).reverse();
}

/** What an assignment is out of: as its teacher said, or its first graded attachment; null: ungraded. */
export function maximumOf({ maxPoints, attachments }: Item): number | null {
  return maxPoints ?? attachments.find((attachment) => attachment.maxPoints !== null)?.maxPoints ?? null;
}

export type WorkState = 'assigned' | 'turned-in' | 'returned';

export function workState({ state }: Submission): WorkState {
  if (state === 'TURNED_IN') return 'turned-in';
  return state === 'RETURNED' ? 'returned' : 'assigned';
}

/** Where an attachment opens for somebody: null for an add-on that shows nobody's work. */
export function viewOf(attachment: Attachment, view: 'teacher' | 'student' | 'review'): string | null {
  const uris = { teacher: attachment.teacherViewUri, student: attachment.studentViewUri };
  return view === 'review' ? attachment.studentWorkReviewUri : uris[view];
}
