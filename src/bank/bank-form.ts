// A question of a bank in its form. A version is made by the button alone: nothing is kept while somebody types, so every other button
// answers with the form as it stands.
import { contentFormats, renderContent } from '../questions/content.ts';
import { questionFromForm, type QuestionMade, type TypedQuestion } from '../questions/forms/question-in-form.ts';
import { formOf } from '../questions/forms/registry.ts';
import { readFormStep, readTypedForm, stepForm } from '../questions/forms/typed-form.ts';
import type { Question } from '../questions/question.ts';
import { bankView } from './bank-question.ts';

/** Fields of the page that belong to no question. */
const ofThePage = ['type', 'from', 'note', 'preview'];

/** What came of sending the form. */
export type BankFormRead =
  /** Only its rows changed, or its view was asked for: it is shown again, at `focus`. */
  | { outcome: 'again'; typed: TypedQuestion; isChecked: false; focus: string | null }
  | { outcome: 'problems'; typed: TypedQuestion; isChecked: true; focus: string | null }
  | { outcome: 'done'; typed: TypedQuestion; question: Question };

/** @param before the form as it was made: what a page without fields for it could not send stays from there */
export function readBankForm(fields: ReadonlyMap<string, string[]>, before: TypedQuestion): BankFormRead {
  const own = new Map([...fields].filter(([name]) => !ofThePage.includes(name)));
  const { type, kept } = before;
  const sent: TypedQuestion = { type, ...readTypedForm(own), ...(kept !== undefined && { kept }) };
  const step = readFormStep(fields.get('step')?.[0]);
  const list = step && formOf(type)?.lists[step.list];
  if (step && list) {
    const { form, focus } = stepForm(sent, step, list.blank);
    return { outcome: 'again', typed: { ...sent, ...form }, isChecked: false, focus };
  }
  if (fields.has('preview')) return { outcome: 'again', typed: sent, isChecked: false, focus: null };
  const { question, problems } = questionFromForm(sent);
  if (problems.length === 0) return { outcome: 'done', typed: sent, question };
  return { outcome: 'problems', typed: sent, isChecked: true, focus: problems[0]?.field ?? null };
}

/** What views/bank/form.ejs and the partials of the form are shown by. */
export function formPage(
  typed: TypedQuestion,
  { isChecked = false, focus = null }: { isChecked?: boolean; focus?: string | null },
) {
  const { question, problems }: QuestionMade = questionFromForm(typed);
  return {
    typed,
    problems,
    isChecked,
    focus,
    question: bankView(question),
    hasForm: formOf(typed.type) !== null,
    formScript: formOf(typed.type)?.script ?? null,
    contentFormats,
    html: renderContent,
  };
}
