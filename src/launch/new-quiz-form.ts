// The corner of the chooser in which a teacher makes a new quiz: what was typed there, and whether it can be made as it is.
import type { Question } from '../questions/question.ts';
import { readQuestions, type QuestionsRead } from '../questions/read-questions.ts';
import { readQuizForm, sourceDigest } from '../quizzes/quiz-form.ts';
import { isAnswerable } from '../quizzes/quiz.ts';
import type { QuizDraft } from '../quizzes/quiz.store.ts';

export interface NewQuiz {
  /** With the title as typed, which may be none. */
  draft: QuizDraft;
  /** What was understood of the text; null where there is none. */
  read: QuestionsRead | null;
  questions: Question[];
  /** How many of them want an answer. */
  answerable: number;
  /** Tells this text from another: sent back with the form, it says that the teacher has seen what was not understood. */
  digest: string;
  /** Nothing was typed. */
  isEmpty: boolean;
  /** Everything was understood, or the teacher has seen what was not and presses the button again. */
  isSound: boolean;
}

/** What stands in the form; every field may be missing. */
export function readNewQuiz(body: unknown): NewQuiz {
  const { draft } = readQuizForm(body, '', null);
  const hasText = draft.source.trim() !== '';
  const read = hasText ? readQuestions(draft.source, draft.sourceFormat) : null;
  const questions = read?.questions.map(({ question }) => question) ?? [];
  const answerable = questions.filter(isAnswerable).length;
  const digest = sourceDigest(draft);
  const isUnderstood = !read || (read.problems.length === 0 && answerable > 0);
  const { previewed } = (body ?? {}) as { previewed?: unknown };
  return {
    draft,
    read,
    questions,
    answerable,
    digest,
    isEmpty: !hasText && draft.title === '',
    isSound: isUnderstood || previewed === digest,
  };
}
