// The history of a course's credits, or of one student's, and what a teacher decides there: to take back, or to recognise.
import { Router, type Response } from 'express';
import { z } from 'zod';
import { requireCourse } from '../../courses/access.routes.ts';
import type { CourseOfMember } from '../../courses/course.store.ts';
import { findMember, type Member } from '../../courses/member.store.ts';
import { mayDo } from '../../courses/rights.ts';
import { notFound } from '../../web/errors.ts';
import { loadCourseCredits } from '../course-credits.ts';
import { recogniseCredits, takeCreditsBack } from '../decide-credits.ts';
import { inForce } from '../ledger.ts';
import { listAccounts, lockAccounts } from '../ledger.store.ts';
import { getPlans } from '../plan.store.ts';
import { listStudents } from '../student.store.ts';
import { accountsInForce, openComponents } from './accounts.ts';
import { decide, type DecisionTools } from './decide.ts';
import { problemsOf, recognitionForm, reversalForm, type DecisionProblems } from './decision-form.ts';
import { listComponentTitles, listHistory } from './history.store.ts';
import { readableEvidence } from './readable-evidence.ts';

/** Entries on one page. */
const pageLength = 100;

const done = ['taken-back', 'recognised'] as const;
type Overtaken = 'nothing-there' | 'credited-already' | 'unknown' | 'no-plan';

const key = z.coerce.number().int().positive().max(999_999_999_999_999).nullable().catch(null).default(null);
const query = z.object({
  personId: key,
  /** Older entries than this one. */
  before: key,
  /** What came of a decision just now. */
  done: z.enum(done).nullable().catch(null).default(null),
});

type Done = (typeof done)[number];

/** A decision that was not carried out, as it was typed: something was missing, or somebody else was earlier. */
interface Undecided {
  kind: 'reversal' | 'recognition';
  typed: { componentKey: string; reason: string; recognised?: string };
  problems: DecisionProblems;
  /** Why it came too late; null: it did not. */
  overtaken: Overtaken | null;
}

export function historyRoutes(tools: DecisionTools): Router {
  const { db, now } = tools;
  const router = Router();

  router.get('/courses/:courseId/credits/entries', async (req, res) => {
    const { course } = await requireCourse(db, req, res, 'see-results');
    const { personId, before, done } = query.parse(req.query);
    const person = personId === null ? null : await findMember(db, course.id, personId);
    if (personId !== null && !person) throw notFound();
    await show(res, course, { person, before, done, undecided: null });
  });

  router.post('/courses/:courseId/credits/reversals', async (req, res) => {
    const { course, session } = await requireCourse(db, req, res, 'decide-grades');
    const form = reversalForm.parse(req.body ?? {});
    const { personId, componentKey, entryId, reason } = form;
    const person = await findMember(db, course.id, personId);
    if (!person) throw notFound();
    const problems = problemsOf(form);
    if (Object.keys(problems).length > 0) {
      await show(res, course, { person, undecided: { kind: 'reversal', typed: form, problems, overtaken: null } });
      return;
    }
    const courseId = course.id;
    const decision = { courseId, personId, componentKey, actorId: session.personId, reason };
    const outcome = await decide(tools, courseId, {
      decide: async (tx) => {
        await lockAccounts(tx, courseId, [personId]);
        const account = (await listAccounts(tx, courseId, [personId])).get(personId)?.get(componentKey) ?? [];
        // Only what was seen is taken back: not an award that somebody has given anew meanwhile.
        if (inForce(account)?.id !== entryId) return { ok: false, code: 'nothing-there' } as const;
        return takeCreditsBack(tx, decision, now());
      },
      concerns: ({ ok }) => (ok ? [personId] : []),
    });
    if (outcome.ok) res.redirect(303, backTo(courseId, personId, 'taken-back'));
    else {
      const undecided = { kind: 'reversal', typed: form, problems: {}, overtaken: outcome.code } as const;
      await show(res, course, { person, undecided });
    }
  });

  router.post('/courses/:courseId/credits/recognitions', async (req, res) => {
    const { course, session } = await requireCourse(db, req, res, 'decide-grades');
    const form = recognitionForm.parse(req.body ?? {});
    const { personId } = form;
    const person = await findMember(db, course.id, personId);
    const [student] = await listStudents(db, course.id, [personId]);
    if (!person || !student) throw notFound();
    const problems = problemsOf(form);
    if (Object.keys(problems).length > 0) {
      await show(res, course, { person, undecided: { kind: 'recognition', typed: form, problems, overtaken: null } });
      return;
    }
    const recognition = { ...form, courseId: course.id, actorId: session.personId };
    const outcome = await decide(tools, course.id, {
      decide: (tx) => recogniseCredits(tx, recognition, now()),
      concerns: ({ ok }) => (ok ? [personId] : []),
    });
    if (outcome.ok) res.redirect(303, backTo(course.id, personId, 'recognised'));
    else {
      const undecided = { kind: 'recognition', typed: form, problems: {}, overtaken: outcome.code } as const;
      await show(res, course, { person, undecided });
    }
  });

  async function show(
    res: Response,
    course: CourseOfMember,
    {
      person,
      before = null,
      done = null,
      undecided,
    }: {
      person: Member | null;
      before?: number | null;
      done?: Done | null;
      undecided: Undecided | null;
    },
  ) {
    const choice = { courseId: course.id, personId: person?.personId ?? null, before };
    const found = await listHistory(db, { ...choice, limit: pageLength + 1 });
    const entries = found.slice(0, pageLength);
    const plans = await getPlans(db, course.id, [...new Set(entries.map(({ planId }) => planId))]);
    const credits = person && (await loadCourseCredits(db, course.id, [person.personId]));
    const own = credits && person ? credits.of(person.personId) : null;
    const isStudent = person !== null && (await listStudents(db, course.id, [person.personId])).length > 0;
    const titles = await listComponentTitles(db, course.id);
    if (undecided) res.status(undecided.overtaken ? 409 : 422);
    res.render('credits/class/entries', {
      course,
      person,
      entries: entries.map((entry) => ({
        ...entry,
        rests: readableEvidence(entry.evidence, plans.get(entry.planId)?.plan ?? { activities: [] }),
      })),
      olderThan: found.length > pageLength ? (entries.at(-1)?.id ?? null) : null,
      accounts: own ? accountsInForce(own, titles) : [],
      open: own && isStudent ? openComponents(own) : [],
      mayDecide: mayDo(course.role, 'decide-grades'),
      done,
      undecided,
    });
  }

  return router;
}

function backTo(courseId: number, personId: number, done: Done): string {
  return `/courses/${courseId}/credits/entries?personId=${personId}&done=${done}`;
}
