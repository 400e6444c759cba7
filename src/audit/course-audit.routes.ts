// The log of a course, for its instructors: what was decided, by whom and about whom.
import { Router } from 'express';
import { z } from 'zod';
import { requireCourse } from '../courses/access.routes.ts';
import type { Database } from '../database/database.ts';
import { courseActs } from './act.ts';
import { listActors, listEntries, listNames } from './audit.store.ts';

const pageLength = 50;

/** So many people of an entry are named; of the others the page says how many they are. */
const mostNames = 3;

const key = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).nullable().catch(null).default(null);
const query = z.object({ person: key, before: key, act: z.enum(courseActs).nullable().catch(null).default(null) });

export function courseAuditRoutes({ db }: { db: Database }): Router {
  const router = Router();

  router.get('/courses/:courseId/audit', async (req, res) => {
    const { course } = await requireCourse(db, req, res, 'decide-grades');
    const { person, act, before } = query.parse(req.query);
    const choice = { courseId: course.id, personId: person, act, before };
    const found = await listEntries(db, { ...choice, limit: pageLength + 1 });
    const entries = found.slice(0, pageLength).map((entry) => ({
      ...entry,
      named: entry.subjectIds.slice(0, mostNames),
      more: Math.max(0, entry.subjectIds.length - mostNames),
    }));
    const named = entries.flatMap((entry) => entry.named);
    const actors = await listActors(db, course.id);
    const names = await listNames(db, course.id, [...new Set([...named, ...(person === null ? [] : [person])])]);
    // Whom somebody asked about by their name in an entry need not have done anything.
    const isListed = person === null || actors.some(({ personId }) => personId === person) || !names.has(person);
    res.render('audit/course', {
      course,
      entries,
      names,
      people: isListed ? actors : [...actors, { personId: person, name: names.get(person) ?? null }],
      acts: courseActs,
      person,
      act,
      olderThan: found.length > pageLength ? (entries.at(-1)?.id ?? null) : null,
    });
  });

  return router;
}
