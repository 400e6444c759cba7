// The start page, signing in by choosing an account, signing out, the language.
import { Router } from 'express';
import { pageLanguages } from '../../messages.ts';
import { formOf } from './frames.ts';
import { accountOf, postsOf, roleIn, type HostContext } from './host.ts';
import { renderPage } from './pages.ts';
import { beginSession, endSession, findSession } from './session.ts';

/** `GET /`, `POST /session`, `POST /session/end`, `POST /language`. */
export function homeRoutes(context: HostContext): Router {
  const { state } = context.classroom;
  return Router()
    .get('/', (req, res) => {
      const account = accountOf(state, findSession(state, req)?.accountId);
      if (!account) {
        const courses = state.courses.map((course) => {
          const members = [...course.teacherIds, ...course.studentIds].flatMap((id) => accountOf(state, id) ?? []);
          return { course, members: members.map((member) => ({ member, role: roleIn(course, member.id) })) };
        });
        return renderPage(context, req, res, 'sign-in', { courses });
      }
      const courses = state.courses.flatMap((course) => {
        const role = roleIn(course, account.id);
        return role ? [{ course, role, posts: postsOf(state, course, role).slice(0, 3) }] : [];
      });
      renderPage(context, req, res, 'courses', { courses });
    })
    .post('/session', (req, res) => {
      const account = accountOf(state, formOf(req).get('account'));
      if (account) beginSession(state, req, res, { accountId: account.id });
      res.redirect(303, '/');
    })
    .post('/session/end', (req, res) => {
      endSession(state, req);
      res.redirect(303, '/');
    })
    .post('/language', (req, res) => {
      const sent = formOf(req);
      const language = pageLanguages.find(({ code }) => code === sent.get('language'))?.code;
      if (language) beginSession(state, req, res, { language });
      const here = new URL('http://here.invalid');
      const back = new URL(sent.get('back') ?? '/', here);
      res.redirect(303, back.origin === here.origin ? `${back.pathname}${back.search}` : '/');
    });
}
