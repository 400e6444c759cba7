// What a caller of the handles says is there: if it is not, that is a fault of the caller.
import { coupledLineItem, findActivity, findCourse, findEnrolment } from './directory.ts';
import type { Activity, Course, Enrolment, LineItem, State } from './state.ts';

/** @throws if there is no such course */
export function existingCourse(state: State, courseId: string): Course {
  return existing(findCourse(state, courseId), `There is no course ${courseId}`);
}

/** @throws if there is no such activity */
export function existingActivity(state: State, activityId: string): Activity {
  return existing(findActivity(state, activityId), `There is no activity ${activityId}`);
}

/** @throws if the person is not enrolled in the course */
export function existingEnrolment(state: State, personId: string, courseId: string): Enrolment {
  return existing(findEnrolment(state, personId, courseId), `Person ${personId} is not in course ${courseId}`);
}

/** @throws if the activity has no column in the gradebook */
export function existingColumn(state: State, activityId: string): LineItem {
  return existing(coupledLineItem(state, activityId), `Activity ${activityId} has no column in the gradebook`);
}

function existing<Found>(found: Found | undefined, fault: string): Found {
  if (found === undefined) throw new Error(fault);
  return found;
}
