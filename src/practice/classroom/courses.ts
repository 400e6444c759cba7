// Courses, for who is in them.
import { Router } from 'express';
import { z } from 'zod';
import { accountIn, courseFor } from './access.ts';
import { serve, type ApiContext } from './api-call.ts';
import { invalid } from './api-error.ts';
import { paged } from './paging.ts';
import type { PracticeCourse } from './state.ts';

const courseStates = z.array(z.enum(['ACTIVE', 'ARCHIVED', 'PROVISIONED', 'DECLINED', 'SUSPENDED']));

export function courseMethods(context: ApiContext): Router {
  const { state } = context;
  const router = Router();

  serve(router, context, 'courses.list', (call) => {
    const { query, caller } = call;
    const states = courseStates.safeParse(query.getAll('courseStates'));
    if (!states.success) throw invalid('courseStates: unknown course state');
    const asked = (name: 'teacherId' | 'studentId') =>
      query.has(name) ? accountIn(state, call, query.get(name)) : null;
    const [teacherId, studentId] = [asked('teacherId'), asked('studentId')];
    const found = state.courses.filter(
      (course) =>
        [...course.teacherIds, ...course.studentIds].includes(caller.userId) &&
        (teacherId === null || course.teacherIds.includes(teacherId)) &&
        (studentId === null || course.studentIds.includes(studentId)) &&
        (states.data.length === 0 || states.data.includes(stateOf(course))),
    );
    // The newest first.
    return paged(query, 'courses', found.reverse().map(shown), { most: 30 });
  });

  serve(router, context, 'courses.get', ({ params, caller }) => shown(courseFor(state, params.id, caller)));

  return router;
}

function stateOf({ isArchived }: PracticeCourse) {
  return isArchived ? 'ARCHIVED' : 'ACTIVE';
}

function shown(course: PracticeCourse) {
  const { id, name, section, teacherIds } = course;
  return { id, name, ...(section !== null && { section }), ownerId: teacherIds[0], courseState: stateOf(course) };
}
