// A question of a draft: one that can be published, or a form in which something is still missing.
import { z } from 'zod';
import {
  questionFromForm,
  questionToForm,
  typedQuestionSchema,
  type TypedQuestion,
} from '../questions/forms/question-in-form.ts';
import { questionSchema, type Question } from '../questions/question.ts';

/** A question with the key that it keeps for as long as it lives, and the revision that rises with each change. */
export type DraftQuestion = { key: string; revision: number } & QuestionContent;

/** Either a question, or the form as it stands while it makes none. */
export type QuestionContent = { question: Question; typed: null } | { question: null; typed: TypedQuestion };

const content = z.union([
  z.object({ question: questionSchema, typed: z.null() }),
  z.object({ question: z.null(), typed: typedQuestionSchema }),
]);

/** Parses the two columns of a draft question. @throws if they hold neither: a fault of ours */
export function parseContent(columns: { question: unknown; typed: unknown }): QuestionContent {
  return content.parse({ question: columns.question, typed: columns.typed });
}

/** What a form is to be kept as: the question it makes, or what was typed. */
export function contentOf(typed: TypedQuestion): QuestionContent {
  const { question, problems } = questionFromForm(typed);
  return problems.length === 0 ? { question, typed: null } : { question: null, typed };
}

/** A question's form, filled in. */
export function formOfDraft({ question, typed }: QuestionContent): TypedQuestion {
  return question ? questionToForm(question) : typed;
}

/** The question to look at, even where something is missing. */
export function shownQuestion({ question, typed }: QuestionContent): Question {
  return question ?? questionFromForm(typed).question;
}

/** The questions that can be published, in their order. */
export function publishable(questions: readonly QuestionContent[]): Question[] {
  return questions.flatMap(({ question }) => question ?? []);
}
