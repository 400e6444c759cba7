// Who may see and change what: courses and posts, as the API lets people at them.
import type { ApiCall, Caller } from './api-call.ts';
import { denied, notFound, precondition } from './api-error.ts';
import type { Item, ItemType, PracticeCourse, State } from './state.ts';

/** The course, for who is in it. */
export function courseFor(state: State, courseId: string | undefined, { userId }: Caller): PracticeCourse {
  const course = state.courses.find(({ id }) => id === courseId);
  if (!course) throw notFound();
  if ([...course.teacherIds, ...course.studentIds].includes(userId)) return course;
  throw state.switches.strangersGet === 403 ? denied() : notFound();
}

export function teaches({ teacherIds }: PracticeCourse, { userId }: Caller): boolean {
  return teacherIds.includes(userId);
}

/** For a change: who teaches the course, and as long as it is not archived. */
export function requireTeacher(course: PracticeCourse, caller: Caller): void {
  if (!teaches(course, caller)) throw denied();
  requireModifiable(course);
}

export function requireModifiable({ isArchived }: PracticeCourse): void {
  if (isArchived) throw precondition('@CourseNotModifiable The course is archived.');
}

/** A post as far as somebody sees it: students what is published, teachers also drafts and, if asked for, what was deleted. */
export function itemFor(
  state: State,
  course: PracticeCourse,
  caller: Caller,
  { type, id, deleted = false }: { type: ItemType; id: string | undefined; deleted?: boolean },
): Item {
  const item = state.items.find((one) => one.id === id && one.courseId === course.id && one.type === type);
  if (!item || !isSeenBy(item, course, caller)) throw notFound();
  if (item.state === 'DELETED' && !deleted) throw notFound();
  return item;
}

export function isSeenBy({ state }: Item, course: PracticeCourse, caller: Caller): boolean {
  return state === 'PUBLISHED' || teaches(course, caller);
}

/** Only the project that made something may change it; perhaps also one whose attachment it holds. */
export function requireOwnItem({ switches }: State, item: Item, { clientId }: Caller, parents = true): void {
  if (item.madeBy === clientId) return;
  const isParent = item.attachments.some((attachment) => attachment.clientId === clientId);
  if (parents && switches.changesParents && isParent) return;
  throw denied('@ProjectPermissionDenied The Developer Console project is not permitted to make this request.');
}

/** The account that an id, an e-mail address or `me` stands for. */
export function accountIn(state: State, { caller }: ApiCall, said: string | null | undefined): string {
  const account = state.accounts.find(
    ({ id, email }) => id === (said === 'me' ? caller.userId : said) || email === said,
  );
  if (!account) throw notFound();
  return account.id;
}
