// The start page, signing in by choosing a person, signing out, the language.
import { Router } from 'express';
import type { LmsContext } from './context.ts';
import { coursesOf, everyMemberOf, findPerson, roleIn } from './directory.ts';
import { pageLanguages } from './messages.ts';
import { renderPage } from './pages.ts';
import { endSession, findSession, openSession, personOf } from './session.ts';

/** `GET /`, `POST /session`, `POST /session/end`, `POST /language`. */
export function homeRoutes(lms: LmsContext): Router {
  const { state } = lms;
  return Router()
    .get('/', (req, res) => {
      const person = personOf(lms, findSession(lms, req));
      if (!person) {
        const courses = state.courses.map((course) => ({ course, members: everyMemberOf(state, course.id) }));
        const administrators = state.people.filter(({ isAdmin }) => isAdmin);
        return renderPage(lms, req, res, 'sign-in', { courses, administrators });
      }
      const courses = coursesOf(state, person.id).map((course) => ({
        course,
        role: roleIn(state, person.id, course.id),
        activities: state.activities.filter(({ courseId }) => courseId === course.id),
      }));
      renderPage(lms, req, res, 'courses', { courses });
    })
    .post('/session', (req, res) => {
      const person = findPerson(state, new URLSearchParams(String(req.body)).get('person'));
      if (person) {
        const session = openSession(lms, req, res);
        session.personId = person.id;
        person.language = session.language ?? person.language;
        session.language = null;
        lms.save();
      }
      res.redirect(303, '/');
    })
    .post('/session/end', (req, res) => {
      const session = findSession(lms, req);
      if (session) endSession(lms, session);
      lms.save();
      res.redirect(303, '/');
    })
    .post('/language', (req, res) => {
      const sent = new URLSearchParams(String(req.body));
      const language = pageLanguages.find(({ code }) => code === sent.get('language'))?.code;
      if (language) {
        const session = openSession(lms, req, res);
        (personOf(lms, session) ?? session).language = language;
        lms.save();
      }
      const back = new URL(sent.get('back') ?? '/', lms.url);
      res.redirect(303, back.origin === new URL(lms.url).origin ? `${back.pathname}${back.search}` : '/');
    });
}
