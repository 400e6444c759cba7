// Posts and the work at them, as they come into being and as time passes.
import { newId, type Item, type PracticeCourse, type State, type Submission } from './state.ts';

export type NewItem = Pick<Item, 'courseId' | 'title'> & Partial<Omit<Item, 'id' | 'attachments' | 'submissions'>>;

/** A post; unless it is said otherwise an assignment of a teacher's that is published and ungraded. */
export function addItem(state: State, nowMs: number, given: NewItem): Item {
  const item: Item = {
    ...{ type: 'courseWork', state: 'PUBLISHED', description: null, maxPoints: null, dueAtMs: null },
    ...{ links: [], madeBy: null, creatorId: null, createdAtMs: nowMs, updatedAtMs: nowMs },
    ...given,
    ...{ id: newId(state), attachments: [], submissions: [] },
  };
  state.items.push(item);
  enrol(state, item);
  return item;
}

/** A copy of a post in another course: new ids everywhere, nothing of anybody's work, and nobody is told. It is nobody's project's. */
export function copyItem(state: State, nowMs: number, original: Item, courseId: string): Item {
  const copy = addItem(state, nowMs, { ...original, courseId, madeBy: null, links: [...original.links] });
  copy.attachments = original.attachments.map((attachment) => {
    const from = { courseId: original.courseId, itemId: original.id, attachmentId: attachment.id };
    const copyHistory = [...attachment.copyHistory, from];
    return { ...attachment, id: newId(state), pointsEarned: {}, copyHistory };
  });
  return copy;
}

/** Brings what waits for its time, or for somebody who came to a course, up to now. */
export function settle(state: State, nowMs: number): void {
  for (const item of state.items) {
    enrol(state, item);
    for (const submission of item.submissions) {
      const { comingGrade } = submission;
      if (comingGrade === null || comingGrade.atMs > nowMs) continue;
      Object.assign(submission, { draftGrade: comingGrade.points, comingGrade: null });
    }
  }
}

/** The work of those who are in the course now. */
export function submissionsOf({ studentIds }: PracticeCourse, { submissions }: Item): Submission[] {
  return submissions.filter(({ userId }) => studentIds.includes(userId));
}

/** Every student of the course has work at an assignment, begun or not. */
function enrol(state: State, { courseId, type, submissions }: Item): void {
  if (type !== 'courseWork') return;
  const { studentIds = [] } = state.courses.find(({ id }) => id === courseId) ?? {};
  for (const userId of studentIds) {
    if (submissions.some((submission) => submission.userId === userId)) continue;
    const grades = { draftGrade: null, assignedGrade: null, comingGrade: null };
    submissions.push({ id: newId(state), userId, state: 'NEW', ...grades });
  }
}
