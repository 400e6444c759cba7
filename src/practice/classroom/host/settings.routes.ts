// What makes this Classroom fail on purpose, and what administrators and people set elsewhere at Google: licences, agreements, archives.
import { Router } from 'express';
import { z } from 'zod';
import { formOf } from './frames.ts';
import { accountOf, type HostContext } from './host.ts';
import { renderPage } from './pages.ts';

const statuses = {
  '': null,
  '400': 400,
  '401': 401,
  '403': 403,
  '404': 404,
  '429': 429,
  '500': 500,
  '503': 503,
} as const;
const statusField = z.enum(['', '400', '401', '403', '404', '429', '500', '503']).catch('');
const secondsField = z.coerce.number().int().min(0).max(600).nullable().catch(null);

/** `GET`, `POST /settings`; `POST /settings/consents`: takes back what somebody agreed to. */
export function settingsRoutes(context: HostContext): Router {
  const { classroom } = context;
  const { state } = classroom;
  return Router()
    .get('/settings', (req, res) => {
      const consents = state.consents.flatMap((consent) => {
        const person = accountOf(state, consent.userId);
        const name = state.host.addOns.find(({ clientId }) => clientId === consent.clientId)?.name ?? consent.clientId;
        return person ? [{ consent, person, name }] : [];
      });
      const teachers = state.accounts.filter(({ id }) =>
        state.courses.some((course) => course.teacherIds.includes(id)),
      );
      const { fault, courses, switches } = state;
      const faults = { fault, delaySeconds: switches.gradeDelayMs / 1000, statuses: Object.keys(statuses) };
      renderPage(context, req, res, 'settings', { ...faults, courses, teachers, consents });
    })
    .post('/settings', (req, res) => {
      const form = formOf(req);
      state.fault = statuses[statusField.parse(form.get('status'))];
      const delay = secondsField.parse(form.get('delaySeconds'));
      if (delay !== null) state.switches.gradeDelayMs = delay * 1000;
      const [licensed, archived] = [form.getAll('licensed'), form.getAll('archived')];
      for (const account of state.accounts) {
        const isTeacher = state.courses.some((course) => course.teacherIds.includes(account.id));
        if (isTeacher) account.hasAddOns = licensed.includes(account.id);
      }
      for (const course of state.courses) course.isArchived = archived.includes(course.id);
      res.redirect(303, '/settings');
    })
    .post('/settings/consents', (req, res) => {
      classroom.revoke(formOf(req).get('account') ?? '');
      res.redirect(303, '/settings');
    });
}
