// Copies a course as Moodle does on one site: new ids for the course and its links, the same tool, parameters and
// columns, nothing of the students (lti.md §2.12).
import { addActivity, addCourse, enrol } from './enrol.ts';
import { coupledLineItem, everyMemberOf } from './directory.ts';
import type { Activity, Course, State } from './state.ts';

export interface CopyOptions {
  shortName?: string;
  title?: string;
  /** Who copies, and teaches the copy; the course's first teacher unless told. */
  teacherId?: string;
}

/** The copy. A column with a maximum of zero is dropped; columns that the tool made by itself are not copied. */
export function copyCourse(
  state: State,
  course: Course,
  { shortName = `${course.shortName}-2`, title = `${course.title} (2)`, teacherId }: CopyOptions,
): Course {
  const copy = addCourse(state, { shortName, title, copiedFromIds: [course.id, ...course.copiedFromIds] });
  const teacher = teacherId ?? everyMemberOf(state, course.id).find(({ role }) => role === 'teacher')?.person.id;
  if (teacher !== undefined) enrol(state, teacher, copy.id, 'teacher');
  const activities = state.activities.filter(({ courseId }) => courseId === course.id);
  for (const activity of activities) copyActivity(state, activity, copy.id);
  return copy;
}

function copyActivity(state: State, activity: Activity, courseId: string): void {
  const column = coupledLineItem(state, activity.id);
  addActivity(state, {
    ...structuredClone(activity),
    courseId,
    copiedFromIds: [activity.id, ...activity.copiedFromIds],
    maximumPoints: column && column.maximumPoints > 0 ? column.maximumPoints : null,
    ...(column && {
      column: {
        toolId: column.toolId,
        label: column.label,
        resourceId: column.resourceId,
        tag: column.tag,
        submissionReview: structuredClone(column.submissionReview),
      },
    }),
  });
}
