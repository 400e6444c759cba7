// The course page of those who run it, its list of people, and what a person may choose for themselves.
import { Router } from 'express';
import { z } from 'zod';
import type { Database } from '../database/database.ts';
import { languages } from '../i18n/i18n.ts';
import { isOwnPath } from '../web/own-path.ts';
import { requireSession } from '../web/session.ts';
import { requireCourse } from './access.routes.ts';
import { listAccommodations } from './accommodation.store.ts';
import { coursePeople } from './course-people.ts';
import { chooseLanguageOf, choosePrintOf } from './course.store.ts';
import { listMembers } from './member.store.ts';
import { listPlacements } from './placement.store.ts';
import type { RosterRefresher } from './refresh-roster.ts';
import { mayDo, type Right } from './rights.ts';
import { rosterStanding } from './roster-standing.ts';
import { getRosterState } from './roster-turn.store.ts';

/** So many are found at a glance. */
const fewMembers = 20;

/** What may stand in the address of the course page. */
const query = z.object({
  /** Words of a name, to find people by. */
  name: z.string().trim().max(100).catch(''),
  /** What came of the button just now: the page says how it stands anyway, this is for what nobody keeps. */
  roster: z.enum(['asked', 'asked-just-now']).optional().catch(undefined),
});

/** How many grades of a placement need attention, and whether their gradebook column could not be made. */
interface GradeTrouble {
  grades: number;
  isColumnRefused: boolean;
}

interface Tools {
  db: Database;
  now: () => Date;
  roster: RosterRefresher;
  /** What needs somebody's attention, by our key of the placement; one where all is well is not in it. */
  findGradeTrouble: (db: Database, courseId: number, now: Date) => Promise<ReadonlyMap<number, GradeTrouble>>;
}

export function courseRoutes({ db, now, roster, findGradeTrouble }: Tools): Router {
  const router = Router();

  router.get('/courses/:courseId', async (req, res) => {
    const { course } = await requireCourse(db, req, res, 'see-results');
    const { name, roster: asked } = query.parse(req.query);
    const members = await listMembers(db, course.id);
    const state = await getRosterState(db, course.id);
    const accommodations = await listAccommodations(db, course.id);
    res.render('courses/show', {
      course,
      placements: await listPlacements(db, course.id),
      gradeTrouble: await findGradeTrouble(db, course.id, now()),
      people: coursePeople(members, name),
      name,
      mayFind: members.length > fewMembers || name !== '',
      roster: { ...state, standing: rosterStanding(state, now()), asked },
      mayEdit: mayDo(course.role, 'edit-quizzes'),
      may: (right: Right) => mayDo(course.role, right),
      mayRefresh: state.isOffered && mayDo(course.role, 'run-course'),
      moreTime: members.flatMap((member) => {
        const accommodation = accommodations.get(member.personId);
        return accommodation ? [{ ...member, accommodation }] : [];
      }),
      hasProgress: ({ role }: { role: typeof course.role }) => mayDo(role, 'answer'),
    });
  });

  router.post('/courses/:courseId/roster', async (req, res) => {
    const { course } = await requireCourse(db, req, res, 'run-course');
    const outcome = await roster.refreshNow(course.id);
    const asked = !outcome.ok && outcome.code === 'asked-just-now' ? outcome.code : 'asked';
    res.redirect(303, `/courses/${course.id}?roster=${asked}#people`);
  });

  router.post('/person/language', async (req, res) => {
    const { personId } = requireSession(res);
    const { language, address } = req.body as { language?: unknown; address?: unknown };
    const chosen = languages.find(({ code }) => code === language);
    if (chosen) await chooseLanguageOf(db, personId, chosen.code);
    res.redirect(303, isOwnPath(address) ? address : '/');
  });

  router.post('/person/text-size', async (req, res) => {
    const { personId } = requireSession(res);
    const { size, address } = req.body as { size?: unknown; address?: unknown };
    if (size === 'large' || size === 'ordinary') await choosePrintOf(db, personId, size === 'large');
    res.redirect(303, isOwnPath(address) ? address : '/');
  });

  return router;
}
