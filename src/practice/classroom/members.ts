// People: in the lists of a course, and by themselves. Addresses only to who may see them.
import { Router } from 'express';
import { accountIn, courseFor } from './access.ts';
import { hasScope, serve, type ApiContext, type Caller } from './api-call.ts';
import { denied, invalid, notFound } from './api-error.ts';
import { paged } from './paging.ts';
import type { State } from './state.ts';

export function memberMethods(context: ApiContext): Router {
  const { state } = context;
  const router = Router();

  for (const list of ['students', 'teachers'] as const) {
    const idsOf = list === 'students' ? 'studentIds' : 'teacherIds';

    serve(router, context, `courses.${list}.list`, ({ params, caller, query }) => {
      const course = courseFor(state, params.courseId, caller);
      const members = course[idsOf].map((id) => member(course.id, id, caller));
      return paged(query, list, members, { most: 30 });
    });

    serve(router, context, `courses.${list}.get`, (call) => {
      const course = courseFor(state, call.params.courseId, call.caller);
      const id = accountIn(state, call, call.params.userId);
      if (!course[idsOf].includes(id)) throw notFound();
      return member(course.id, id, call.caller);
    });
  }

  serve(router, context, 'userProfiles.checkUserCapability', (call) => {
    if (!state.switches.isInPreview) throw denied();
    if (call.query.get('previewVersion') !== 'V1_20240930_PREVIEW') throw invalid('previewVersion: not this one');
    const capability = call.query.get('capability');
    if (capability !== 'CREATE_ADD_ON_ATTACHMENT') throw invalid('capability: unknown');
    const userId = accountIn(state, call, call.params.userId);
    if (userId !== call.caller.userId) throw denied();
    return { capability, allowed: state.accounts.some(({ id, hasAddOns }) => id === userId && hasAddOns) };
  });

  serve(router, context, 'userProfiles.get', (call) => {
    const userId = accountIn(state, call, call.params.userId);
    if (userId !== call.caller.userId && !shareCourse(state, userId, call.caller.userId)) throw denied();
    return profileOf(userId, call.caller);
  });

  function member(courseId: string, userId: string, caller: Caller) {
    return { courseId, userId, profile: profileOf(userId, caller) };
  }

  function profileOf(id: string, caller: Caller) {
    const account = state.accounts.find((one) => one.id === id);
    if (!account) throw notFound();
    const { givenName, familyName, email } = account;
    const name = { givenName, familyName, fullName: `${givenName} ${familyName}` };
    return { id, name, ...(hasScope(caller, /^profile\.emails$/) && { emailAddress: email }) };
  }

  return router;
}

function shareCourse({ courses }: State, one: string, other: string): boolean {
  return courses.some(({ teacherIds, studentIds }) => {
    const ids = [...teacherIds, ...studentIds];
    return ids.includes(one) && ids.includes(other);
  });
}
