// The page of a course's rules: each in words, where they come from and what of them is not confirmed, and a form to change them.
import { randomUUID } from 'node:crypto';
import { Router, type Response } from 'express';
import { requireCourse } from '../../courses/access.routes.ts';
import type { CourseOfMember } from '../../courses/course.store.ts';
import { mayDo } from '../../courses/rights.ts';
import type { Database } from '../../database/database.ts';
import { readFormStep, readTypedForm, stepForm, type TypedForm } from '../../questions/forms/typed-form.ts';
import { isSameJson } from '../../quizzes/same-json.ts';
import { formFields } from '../../web/forms.ts';
import { findPlan, findPolicy } from '../plan.store.ts';
import { controlKinds, policyPresets, sheetColumns } from '../policy.ts';
import { presetPolicies } from '../policy-presets.ts';
import { changePolicy } from './change-policy.ts';
import { shownForm, withKeys } from './draft-plan.ts';
import { firstRules } from './publish-plan.ts';
import { policyLists, policyToForm, readPolicy } from './typed-policy.ts';
import type { Fault } from './typed-fields.ts';

const address = '/courses/:courseId/credits/policy';

/** A form that is shown instead of the newest rules. */
interface Shown {
  status?: 200 | 409 | 422;
  form?: TypedForm | null;
  faults?: readonly Fault[];
  focus?: string | null;
  isStale?: boolean;
}

export function policyRoutes({ db, now }: { db: Database; now: () => Date }): Router {
  const router = Router();

  // Whoever writes in a course reads its rules too, as whoever sees its results does: those who may preview.
  router.get(address, async (req, res) => {
    const { course } = await requireCourse(db, req, res, 'preview-quizzes');
    const preset = policyPresets.find((name) => name === req.query.preset);
    await show(res, course, { form: preset ? policyToForm(presetPolicies[preset]) : null });
  });

  router.post(address, async (req, res) => {
    const { session, course } = await requireCourse(db, req, res, 'edit-quizzes');
    const fields = formFields(req);
    const form = policyForm(fields);
    const step = readFormStep(fields.get('step')?.[0]);
    if (step) {
      const stepped = stepForm(form, step, step.list === 'controls' ? blankControl() : blankBand);
      await show(res, course, {
        form: stepped.form,
        focus: stepped.focus?.replace(/\w+$/, firstField(step.list)) ?? null,
      });
      return;
    }
    const { rules, faults } = readPolicy(form);
    if (!rules) {
      await show(res, course, { status: 422, form, faults });
      return;
    }
    const seen = Number(fields.get('seen')?.[0] ?? '');
    const changed = await changePolicy(db, { courseId: course.id, personId: session.personId, rules, seen }, now());
    if (changed) res.redirect(303, `${pathOf(course)}?${changed.isNew ? 'saved' : 'same'}`);
    else await show(res, course, { status: 409, form, isStale: true });
  });

  async function show(
    res: Response,
    course: CourseOfMember,
    { status = 200, form = null, faults = [], focus = null, isStale = false }: Shown,
  ) {
    const { t } = res.locals;
    const newest = await findPolicy(db, course.id);
    const published = await findPlan(db, course.id);
    const rules = newest?.rules ?? firstRules;
    const written = (text: string) => text.replace('.', t('language.decimal'));
    res.status(status).render('credits/plan/policy', {
      ...{ course, rules, newest, published, isStale, focus, written, controlKinds, sheetColumns },
      isChanged: !isSameJson(rules, presetPolicies[rules.preset]),
      mayEdit: mayDo(course.role, 'edit-quizzes'),
      presets: policyPresets,
      isForm: form !== null,
      typed: shownForm(form ?? policyToForm(rules), t('language.decimal')),
      problems: new Map(faults.map(({ field, code, params }) => [field, t(`credits.plan.faults.${code}`, params)])),
      said: (['saved', 'same'] as const).find((name) => res.req.query[name] !== undefined) ?? null,
    });
  }

  return router;
}

const blankBand = { grade: '', fromPercent: '', gradePoints: '' };

function blankControl() {
  return { title: '', points: '', key: randomUUID() };
}

function firstField(list: string): string {
  return list === 'bands' ? 'grade' : 'title';
}

/** What was sent, no longer than rules can be; controls without a key get one. */
function policyForm(fields: ReadonlyMap<string, readonly string[]>): TypedForm {
  const { values, rows } = readTypedForm(fields);
  return {
    values,
    rows: {
      controls: withKeys((rows.controls ?? []).slice(0, policyLists.controls), randomUUID),
      bands: (rows.bands ?? []).slice(0, policyLists.bands),
    },
  };
}

function pathOf({ id }: Pick<CourseOfMember, 'id'>): string {
  return `/courses/${id}/credits/policy`;
}
