// The page that breaks the LMS on purpose. It answers even while everything else is down.
import { Router } from 'express';
import { z } from 'zod';
import type { LmsContext } from './context.ts';
import { fullName } from './directory.ts';
import { renderPage } from './pages.ts';
import { noFaults } from './state.ts';

const switches = z.object({
  down: z.enum(['off', 'services', 'everything']),
  slowMs: z.coerce.number().int().min(0).max(600_000),
  status: z.enum(['', '401', '409', '429', '500', '503']).transform((text) => statuses[text]),
  retryAfterSeconds: z.coerce.number().int().min(0).max(86_400),
  refusedPersonId: z.string().transform((id) => id || null),
  jwksDown: z.literal('on').optional(),
  tool: z.enum(['off', 'tool-off', 'no-grades', 'keys-unreachable']),
  clockAheadSeconds: z.coerce.number().int().min(-86_400).max(86_400),
});

const statuses = { '': null, '401': 401, '409': 409, '429': 429, '500': 500, '503': 503 } as const;

/** `GET /faults`, `POST /faults` (all switches at once), `POST /faults/end`. */
export function faultRoutes(lms: LmsContext): Router {
  const { state } = lms;
  return Router()
    .get('/faults', (req, res) => {
      const students = state.people.filter(({ id }) =>
        state.enrolments.some(({ personId, role }) => personId === id && role === 'student'),
      );
      const people = students.map((person) => ({ id: person.id, name: fullName(person) }));
      renderPage(lms, req, res, 'faults', { faults: state.faults, people });
    })
    .post('/faults', (req, res) => {
      const sent = switches.safeParse(Object.fromEntries(new URLSearchParams(String(req.body)))).data;
      if (sent) Object.assign(state.faults, { ...sent, jwksDown: sent.jwksDown === 'on' });
      lms.save();
      res.redirect(303, '/faults');
    })
    .post('/faults/end', (_req, res) => {
      Object.assign(state.faults, noFaults);
      lms.save();
      res.redirect(303, '/faults');
    });
}
