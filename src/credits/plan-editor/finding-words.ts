// What a draft still lacks, in words: the same beside its field, in the list of what is missing, and while one types.
import type { Formats } from '../../i18n/formats.ts';
import type { Translate } from '../../i18n/i18n.ts';
import type Fraction from 'fraction.js';
import type { CreditPlan } from '../plan.ts';
import type { PlanProblem } from '../plan-problems.ts';
import { draftFields, draftLists } from './draft-plan.ts';
import type { Finding } from './findings.ts';
import type { PlanSum } from './plan-sums.ts';

/** The reader's language. */
export interface Words {
  t: Translate;
  formats: Pick<Formats, 'number'>;
}

/** What is wrong, for beside the field. */
export function findingWords(finding: Finding, plan: CreditPlan, words: Words): string {
  return finding.kind === 'fault'
    ? words.t(`credits.plan.faults.${finding.fault.code}`, finding.fault.params)
    : problemWords(finding.problem, plan, words);
}

/** What is wrong, for a list: a field that cannot be read is named. */
export function listedWords(finding: Finding, plan: CreditPlan, words: Words): string {
  const said = findingWords(finding, plan, words);
  if (finding.kind === 'problem') return said;
  const parts = finding.field.split('.');
  const list = draftLists.find((one) => one === parts[0]);
  const field = draftFields.find((one) => one === parts.at(-1));
  const row = list && field ? [words.t(`credits.plan.rows.${list}`, { number: Number(parts[1]) + 1 })] : [];
  const label = field ? words.t(`credits.plan.fields.${field}`) : list ? words.t(`credits.plan.lists.${list}`) : '';
  return `${[...row, label].join(', ')}: ${said}`;
}

/** What a sum is of. */
export function sumLabel({ code, title }: PlanSum, { t }: Words): string {
  return t(`credits.plan.sums.${code}`, { title: title ?? '' });
}

/** Whether a sum comes out even, and by how much it does not. */
export function sumState({ is, shouldBe }: Pick<PlanSum, 'is' | 'shouldBe'>, { t, formats }: Words): string {
  if (is.equals(shouldBe)) return t('credits.plan.even');
  const difference = formats.number(is.sub(shouldBe).abs().valueOf());
  return is.lt(shouldBe) ? t('credits.plan.lacking', { difference }) : t('credits.plan.beyond', { difference });
}

function problemWords(problem: PlanProblem, plan: CreditPlan, words: Words): string {
  const { t, formats } = words;
  const uneven = (code: PlanSum['code'], sum: { is: Fraction; shouldBe: Fraction }, title: string | null = null) => {
    const number = (value: Fraction) => formats.number(value.valueOf());
    const what = sumLabel({ code, title, field: '', ...sum }, words);
    const state = sumState(sum, words);
    return t('credits.plan.uneven', { what, is: number(sum.is), shouldBe: number(sum.shouldBe), state });
  };
  const about = (key: string) => ({ title: titleOf(plan, key, words) });
  switch (problem.code) {
    case 'course-hours':
    case 'module-credits':
    case 'control-points':
      return uneven(problem.code, problem);
    case 'module-hours':
      return uneven(`${problem.of}-hours`, problem);
    case 'activity-points':
      return uneven(problem.code, problem, titleOf(plan, problem.key, words));
    case 'hours-per-credit':
      return t('credits.plan.problems.hours-per-credit', { least: problem.least, most: problem.most });
    case 'credits-not-whole':
    case 'hours-not-whole':
    case 'final-missing':
      return t(`credits.plan.problems.${problem.code}`);
    case 'contact-share': {
      const { is, least, most } = problem;
      const share = formats.number(is.valueOf(), 1);
      return t('credits.plan.problems.contact-share', { share, least, most });
    }
    case 'independent-hours-exceeded': {
      const [is, shouldBe] = [problem.is, problem.shouldBe].map((hours) => formats.number(hours.valueOf()));
      return t('credits.plan.problems.independent-hours-exceeded', { is: is ?? '', shouldBe: shouldBe ?? '' });
    }
    case 'module-credits-missing':
    case 'module-counts-nothing':
    case 'module-dates':
    case 'activity-without-module':
    case 'activity-without-control':
    case 'activity-counts-nothing':
    case 'formative-with-points':
    case 'quiz-not-placed':
    case 'quiz-twice':
    case 'key-twice':
      return t(`credits.plan.problems.${problem.code}`, about(problem.key));
  }
}

/** What a control, module or activity is called; by its place while it has no name. */
function titleOf(plan: CreditPlan, key: string, { t }: Words): string {
  for (const list of draftLists) {
    const place = plan[list].findIndex((row) => row.key === key);
    if (place >= 0) return plan[list][place]?.title || t(`credits.plan.rows.${list}`, { number: place + 1 });
  }
  return key;
}
