// A question of a draft: one that can be published, or a form in which something is still missing.
import { z } from 'zod';
import type { BankLink } from '../bank/bank.store.ts';
import {
  questionFromForm,
  questionToForm,
  typedQuestionSchema,
  type TypedQuestion,
} from '../questions/forms/question-in-form.ts';
import { questionSchema, type Question } from '../questions/question.ts';
import { isAnswerable } from './quiz.ts';
import { withoutUnready, type QuizStructure } from './structure.ts';

/**
 * A question with the key that it keeps for as long as it lives, the revision that rises with each change, and what it is a copy of if it
 * came from a bank or went into one.
 */
export type DraftQuestion = { key: string; revision: number; bank: BankLink | null } & QuestionContent;

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

/** How the quiz of these is built: its sections begin where they do in the list, though unfinished questions are left out. */
export function publishableStructure(structure: QuizStructure, questions: readonly QuestionContent[]): QuizStructure {
  const asking = questions.filter((content) => isAnswerable(shownQuestion(content)));
  return withoutUnready(
    structure,
    asking.map(({ question }) => question !== null),
  );
}

/** The questions that can be published, in their order. */
export function publishable(questions: readonly QuestionContent[]): Question[] {
  return questions.flatMap(({ question }) => question ?? []);
}
