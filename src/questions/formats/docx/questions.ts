// The questions of a Word document's outline, or what is wrong with each.
import type { Content } from '../../content.ts';
import type { Question } from '../../question.ts';
import type { Problem, ReadResult } from '../format.ts';
import { nameFrom } from '../question-name.ts';
import { maximumQuestions } from '../read-blocks.ts';
import type { BlockOutcome } from '../read-blocks.ts';
import { choiceAmong } from '../right-options.ts';
import { readAnswer } from '../table/read-answer.ts';
import type { Answer } from '../table/read-answer.ts';
import { pointsOf, tagsOf } from '../table/read-table.ts';
import { blocksToHtml } from './blocks-html.ts';
import { withoutGuards } from './guard.ts';
import { rightOptions } from './marked-options.ts';
import type { ReadQuestion } from './outline.ts';
import { spansToHtml } from './span.ts';

const mostOptions = 100;
const longestName = 255;

const html = (source: string): Content => ({ format: 'html', source });

/**
 * Every question that is whole. One that lost a picture is not: what it asks may be in it, and the picture's own problem says so.
 *
 * @param before what was wrong on the way here
 */
export function questionsOf(read: readonly ReadQuestion[], before: readonly Problem[]): ReadResult {
  const lost = before.filter(({ code }) => code.startsWith('archive-picture-')).map(({ line }) => line);
  const result: ReadResult = { questions: [], problems: [...before] };
  for (const question of read.slice(0, maximumQuestions)) {
    if (lost.some((line) => line >= question.paragraph && line <= question.until)) continue;
    const outcome = questionOf(question);
    if (outcome.ok) result.questions.push({ line: question.paragraph, question: outcome.question });
    else result.problems.push(outcome.problem);
  }
  const beyond = read[maximumQuestions];
  if (beyond) {
    const params = { maximum: maximumQuestions };
    result.problems.push({ line: beyond.paragraph, code: 'too-many-questions', params });
  }
  result.problems.sort((one, other) => one.line - other.line);
  return result;
}

type AnswerOutcome = { ok: true; answer: Answer } | { ok: false; problem: Problem };

function questionOf(read: ReadQuestion): BlockOutcome {
  const { paragraph, said } = read;
  const refused = (code: Problem['code'], params: Problem['params'] = {}): BlockOutcome => ({
    ok: false,
    problem: { line: paragraph, code, params },
  });
  if (read.text.length === 0) return refused('question-empty');
  const outcome = isChoice(read) ? choiceOf(read) : typedAnswer(read);
  if (!outcome.ok) return outcome;
  const points = pointsOf(said.points ?? '');
  const tags = tagsOf(said.tags ?? '');
  if (points === null) return refused('points-unreadable', { value: (said.points ?? '').slice(0, 60) });
  if (tags === null) return refused('tags-unreadable');
  const text = html(blocksToHtml(read.text));
  const feedback = read.feedback ? blocksToHtml(read.feedback) : '';
  const question: Question = {
    name: said.name?.replace(/\s+/g, ' ').slice(0, longestName).trim() || nameFrom(text),
    text,
    generalFeedback: feedback === '' ? null : html(feedback),
    points: outcome.answer.type === 'description' ? '0' : points,
    ...(tags.length > 0 ? { tags } : {}),
    ...outcome.answer,
  };
  return { ok: true, question };
}

function isChoice({ type }: ReadQuestion): boolean {
  return type === null || type === 'single-choice' || type === 'multiple-choice';
}

/** What a line of its own says the type of. */
function typedAnswer({ paragraph, type, answer }: ReadQuestion): AnswerOutcome {
  const read = readAnswer({ type: type ?? '', options: [], right: answer, wrong: null }, 'html');
  return read.ok ? read : { ok: false, problem: { line: paragraph, code: read.code, params: read.params } };
}

function choiceOf({ paragraph, options, key }: ReadQuestion): AnswerOutcome {
  const refused = (code: Problem['code'], params: Problem['params'] = {}, line = paragraph): AnswerOutcome => ({
    ok: false,
    problem: { line, code, params },
  });
  if (options.length < 2) return refused('too-few-options', { count: options.length });
  if (options.length > mostOptions) {
    return refused('too-many-options', { count: options.length, maximum: mostOptions });
  }
  const empty = options.find(({ spans }) => spans.length === 0);
  if (empty) return refused('option-empty', {}, empty.paragraph);
  const right = rightOptions(options, paragraph, key);
  if (!right.ok) return right;
  const choices = options.map(({ spans }, place) => ({
    text: html(withoutGuards(spansToHtml(spans))),
    isRight: right.places.includes(place),
  }));
  return { ok: true, answer: choiceAmong(choices) };
}
