// The way into courses of Google Classroom: in the name of somebody who teaches there.
import type { CourseDoor, CourseTarget } from '../course-access.ts';

export function createClassroomDoor(): CourseDoor<CourseTarget> {
  return {
    open: () =>
      Promise.resolve({
        kind: 'no-access',
        code: 'teacher-must-reconnect',
        status: null,
        detail: '',
        retryAfterSeconds: null,
      }),
  };
}
