// Courses and the people in them, page by page.
import { Router, type Request } from 'express';
import { callerOf, courseFor, invalid } from './api-call.ts';
import type { PracticeCourse, State } from './state.ts';

const mostOnPage = 30;

export function courseApiRoutes({ state, now }: { state: State; now: () => Date }): Router {
  const router = Router();

  router.get('/v1/courses', (req, res) => {
    const { userId } = callerOf(state, req, now().getTime(), ['courses.readonly']);
    if (req.query.teacherId !== 'me') throw invalid('Only the courses of who asks are listed here.');
    const taught = state.courses.filter(({ teacherIds, isArchived }) => teacherIds.includes(userId) && !isArchived);
    res.json(paged(req, 'courses', taught.map(shown)));
  });

  router.get('/v1/courses/:courseId', (req, res) => {
    const caller = callerOf(state, req, now().getTime(), ['courses.readonly']);
    res.json(shown(courseFor(state, String(req.params.courseId), caller)));
  });

  for (const list of ['students', 'teachers'] as const) {
    router.get(`/v1/courses/:courseId/${list}`, (req, res) => {
      const caller = callerOf(state, req, now().getTime(), ['rosters.readonly']);
      const course = courseFor(state, String(req.params.courseId), caller);
      const ids = list === 'students' ? course.studentIds : course.teacherIds;
      const members = ids.flatMap((id) => {
        const account = state.accounts.find((one) => one.id === id);
        if (!account) return [];
        const { givenName, familyName } = account;
        const name = { givenName, familyName, fullName: `${givenName} ${familyName}` };
        return [{ courseId: course.id, userId: id, profile: { id, name } }];
      });
      res.json(paged(req, list, members));
    });
  }

  return router;
}

function shown({ id, name, section, isArchived }: PracticeCourse) {
  return { id, name, ...(section !== null && { section }), courseState: isArchived ? 'ARCHIVED' : 'ACTIVE' };
}

/** An empty list is left out, as Google does. */
function paged(req: Request, name: string, all: object[]) {
  const from = Number(req.query.pageToken ?? 0);
  const size = Math.min(Number(req.query.pageSize) || mostOnPage, mostOnPage);
  const some = all.slice(from, from + size);
  const isLast = from + size >= all.length;
  return { ...(some.length > 0 && { [name]: some }), ...(!isLast && { nextPageToken: String(from + size) }) };
}
