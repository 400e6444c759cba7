// The credit plan of a course as its teachers work on it: begun, filled in, kept while it is typed, and published once it adds up.
import { randomUUID } from 'node:crypto';
import { Router, type Request, type Response } from 'express';
import { listShareable } from '../../bank/share.store.ts';
import { requireCourse } from '../../courses/access.routes.ts';
import type { CourseOfMember } from '../../courses/course.store.ts';
import { listPlacements } from '../../courses/placement.store.ts';
import type { Database } from '../../database/database.ts';
import { readFormStep, readTypedForm, type TypedForm } from '../../questions/forms/typed-form.ts';
import { notFound } from '../../web/errors.ts';
import { formFields } from '../../web/forms.ts';
import { activityForms } from '../plan.ts';
import { findPlan, findPlans, findPolicy, type PublishedPlan } from '../plan.store.ts';
import { controlKinds, policyPresets, sheetColumns, type CreditPolicy } from '../policy.ts';
import { presetPolicies } from '../policy-presets.ts';
import { beginPlan } from './begin-plan.ts';
import { draftOf, restoreRow, shownForm, stepDraft, typedPlan, type DraftPlan } from './draft-plan.ts';
import { findDraft, listPlanVersions, lockPlan } from './draft-plan.store.ts';
import { examine } from './findings.ts';
import { findingWords, listedWords, sumLabel, sumState } from './finding-words.ts';
import { formFromPlan, formFromRules } from './plan-beginnings.ts';
import { firstRules, keepDraft, publishPlan, type OnPlanPublished } from './publish-plan.ts';
import { planToForm } from './read-draft.ts';

const address = '/courses/:courseId/credits/plan';

interface Tools {
  db: Database;
  now: () => Date;
  onPlanPublished: OnPlanPublished;
  /** Called after a commit that may owe a gradebook something. */
  onScoreWanted: () => void;
}

/** What the page has to say besides the draft. */
interface Said {
  status?: 200 | 409 | 422;
  /** A form that was sent and is not what is stored; null: what is stored is shown. */
  sent?: TypedForm | null;
  /** Why it was not kept, or not published. */
  refusal?: 'changed-meanwhile' | 'other-rules' | 'does-not-add-up' | null;
}

export function draftPlanRoutes({ db, now, onPlanPublished, onScoreWanted }: Tools): Router {
  const router = Router();

  router.get(address, async (req, res) => {
    const { session, course } = await requireCourse(db, req, res, 'edit-quizzes');
    await showEditor(res, { course, personId: session.personId }, {});
  });

  router.post(address, async (req, res) => {
    const { session, course } = await requireCourse(db, req, res, 'edit-quizzes');
    const { personId } = session;
    const fields = formFields(req);
    const { sent, revision } = await formSent(req, course.id);
    const { draft, focus } = stepped(sent, fields);
    const kept = await db.transaction(async (tx) => {
      await lockPlan(tx, course.id);
      return keepDraft(tx, { courseId: course.id, personId, draft, revision }, now());
    });
    const isScript = req.accepts(['html', 'json']) === 'json';
    if (!kept.ok) {
      const refusal = 'changed-meanwhile';
      if (isScript) res.status(409).json({ said: res.locals.t('credits.plan.stale') });
      else await showEditor(res, { course, personId }, { status: 409, sent, refusal });
    } else if (isScript) {
      const { pane } = await examined(res, course.id, draft);
      res.render('credits/plan/_pane', pane, (error: Error | null, html: string) => {
        if (error) throw error;
        res.json({ revision: kept.revision, said: savedWords(res, pane.missing), pane: html });
      });
    } else if (focus !== null) {
      res.redirect(303, `${pathOf(course)}?step=${focus}#${focus}`);
    } else {
      res.redirect(303, `${pathOf(course)}?saved#sums`);
    }
  });

  router.post(`${address}/beginnings`, async (req, res) => {
    const { session, course } = await requireCourse(db, req, res, 'edit-quizzes');
    const { personId } = session;
    const { sent, revision } = await formSent(req, course.id);
    const { values, rows } = sent;
    // A page without a draft sends nothing that could be put back.
    const before = formFields(req).has('rules') ? { values, rows } : null;
    const beginning = await beginningIn(req, { course, personId });
    if (!beginning) throw notFound();
    const said = { courseId: course.id, personId, revision, before, ...beginning };
    if (await beginPlan(db, said, now())) res.redirect(303, `${pathOf(course)}?begun`);
    else if (before) await showEditor(res, { course, personId }, { status: 409, sent, refusal: 'changed-meanwhile' });
    else res.redirect(303, pathOf(course));
  });

  router.post(`${address}/versions`, async (req, res) => {
    const { session, course } = await requireCourse(db, req, res, 'edit-quizzes');
    const { personId } = session;
    const { sent, revision } = await formSent(req, course.id);
    const [rulesNumber = ''] = formFields(req).get('rules') ?? [];
    const outcome = await publishPlan(
      db,
      { courseId: course.id, personId, draft: sent, revision, rulesNumber: Number(rulesNumber) },
      { placementIds: new Set((await quizPlacements(course.id)).map(({ id }) => id)), onPlanPublished },
      now(),
    );
    if (outcome.ok) {
      onScoreWanted();
      res.redirect(303, `${pathOf(course)}/versions/${outcome.number}?published`);
      return;
    }
    switch (outcome.code) {
      case 'unchanged':
        res.redirect(303, `${pathOf(course)}/versions/${outcome.number}?unchanged`);
        return;
      case 'changed-meanwhile':
      case 'other-rules':
        await showEditor(res, { course, personId }, { status: 409, sent, refusal: outcome.code });
        return;
      case 'does-not-add-up':
        await showEditor(res, { course, personId }, { status: 422, sent, refusal: outcome.code });
    }
  });

  /** What was sent, with what no field says: what was removed, and what stood there before. */
  async function formSent(req: Request, courseId: number): Promise<{ sent: DraftPlan; revision: number }> {
    const fields = formFields(req);
    const stored = await findDraft(db, courseId);
    const form = typedPlan(readTypedForm(fields), randomUUID);
    const sent = stored ? { ...stored.draft, ...form } : draftOf(form);
    return { sent, revision: Number(fields.get('revision')?.[0] ?? '') };
  }

  /** Where quizzes stand in a course, with or without one yet. */
  async function quizPlacements(courseId: number) {
    return (await listPlacements(db, courseId)).filter(({ content }) => content === 'quiz');
  }

  /** A draft under the newest rules of its course, and what is said of it. */
  async function examined(res: Response, courseId: number, draft: DraftPlan) {
    const policy = await findPolicy(db, courseId);
    const rules = policy?.rules ?? firstRules;
    const placements = await quizPlacements(courseId);
    const { plan, sums, findings, isPublishable } = examine(draft, rules, new Set(placements.map(({ id }) => id)));
    const words = res.locals;
    const missing = findings.filter(({ isWarning }) => !isWarning).length;
    return {
      ...{ rules, rulesNumber: policy?.number ?? 0, placements, findings, plan },
      pane: {
        ...{ isPublishable, missing },
        sums: sums.map((sum) => ({
          ...sum,
          label: sumLabel(sum, words),
          state: sumState(sum, words),
          isEven: sum.is.equals(sum.shouldBe),
        })),
        findings: findings.map((finding) => ({
          ...{ field: finding.field, isWarning: finding.isWarning },
          words: listedWords(finding, plan, words),
        })),
      },
    };
  }

  /** What a new draft is to begin with; null for nothing that is on offer. */
  async function beginningIn(
    req: Request,
    { course, personId }: { course: CourseOfMember; personId: number },
  ): Promise<{ rules: CreditPolicy | null; form: TypedForm } | null> {
    const fields = formFields(req);
    const from = fields.has('before') ? 'before' : fields.get('from')?.[0];
    const preset = policyPresets.find((name) => from === `preset:${name}`);
    if (preset)
      return { rules: presetPolicies[preset], form: formFromRules(presetPolicies[preset], now(), randomUUID) };
    if (from === 'rules') {
      const rules = (await findPolicy(db, course.id))?.rules ?? firstRules;
      return { rules, form: formFromRules(rules, now(), randomUUID) };
    }
    if (from === 'before') {
      const before = (await findDraft(db, course.id))?.draft.before ?? null;
      return before && { rules: null, form: before };
    }
    if (from === 'published') {
      const published = await findPlan(db, course.id);
      return published && { rules: null, form: planToForm(published.plan) };
    }
    const copied = (await listCopies({ course, personId })).find(({ courseId }) => from === `course:${courseId}`);
    return copied ? { rules: copied.policy, form: formFromPlan(copied.plan, randomUUID) } : null;
  }

  /** The plans in force in the person's other courses. */
  async function listCopies({
    course,
    personId,
  }: {
    course: CourseOfMember;
    personId: number;
  }): Promise<PublishedPlan[]> {
    const others = await listShareable(db, course.id, personId);
    const plans = await findPlans(
      db,
      others.map(({ courseId }) => courseId),
    );
    return others.flatMap(({ courseId }) => plans.get(courseId) ?? []);
  }

  async function showEditor(
    res: Response,
    of: { course: CourseOfMember; personId: number },
    { status = 200, sent = null, refusal = null }: Said,
  ) {
    const { course } = of;
    const { query } = res.req;
    const stored = await findDraft(db, course.id);
    const published = await findPlan(db, course.id);
    const page = {
      ...{ course, path: pathOf(course), refusal, stored, published },
      versions: await listPlanVersions(db, course.id),
      copies: await listCopies(of),
      presets: policyPresets,
      hasRules: (await findPolicy(db, course.id)) !== null,
      said: saidIn(query),
      mayPutBack: stored !== null && stored.draft.before !== null,
      revision: stored?.revision ?? 0,
    };
    const draft = sent ? draftOf(sent) : (stored?.draft ?? (published && draftOf(planToForm(published.plan))));
    if (!draft) {
      res.status(status).render('credits/plan/begin', page);
      return;
    }
    const { findings, plan, pane, ...rest } = await examined(res, course.id, draft);
    const isChecked = refusal === 'does-not-add-up';
    res.status(status).render('credits/plan/edit', {
      ...page,
      ...rest,
      ...{ pane, isChecked, controlKinds, sheetColumns, activityForms },
      typed: shownForm(draft, res.locals.t('language.decimal')),
      removed: refusal === 'changed-meanwhile' ? [] : (stored?.draft.removed ?? []),
      focus: typeof query.step === 'string' ? query.step : null,
      problems: new Map(
        isChecked ? findings.map((finding) => [finding.field, findingWords(finding, plan, res.locals)]) : [],
      ),
    });
  }

  return router;
}

/** What a button of the form does to it. */
function stepped(draft: DraftPlan, fields: ReadonlyMap<string, readonly string[]>) {
  const step = readFormStep(fields.get('step')?.[0]);
  if (step) return stepDraft(draft, step, randomUUID);
  const [restored] = fields.get('restore') ?? [];
  return restored === undefined ? { draft, focus: null } : restoreRow(draft, Number(restored));
}

function pathOf({ id }: Pick<CourseOfMember, 'id'>): string {
  return `/courses/${id}/credits/plan`;
}

function savedWords({ locals: { t } }: Response, missing: number): string {
  return missing === 0 ? t('credits.plan.savedReady') : t('credits.plan.savedMissing', { count: missing });
}

/** What the address says was done just now. */
function saidIn(query: Request['query']) {
  return (['saved', 'begun'] as const).find((name) => query[name] !== undefined) ?? null;
}
