// The questions of a Word document's outline, or what is wrong with each.
import type { Content } from '../../content.ts';
import type { Problem, ReadResult } from '../format.ts';
import { nameFrom } from '../question-name.ts';
import { maximumQuestions } from '../read-blocks.ts';
import type { BlockOutcome } from '../read-blocks.ts';
import { choiceAmong } from '../right-options.ts';
import type { ReadQuestion } from './outline.ts';
import { rightOptions } from './marked-options.ts';
import { spansToHtml } from './span.ts';

const mostOptions = 100;

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

function questionOf({ paragraph, text: lines, options, key }: ReadQuestion): BlockOutcome {
  const refused = (code: Problem['code'], params: Problem['params'] = {}, line = paragraph): BlockOutcome => ({
    ok: false,
    problem: { line, code, params },
  });
  if (lines.length === 0) return refused('question-empty');
  if (options.length < 2) return refused('too-few-options', { count: options.length });
  if (options.length > mostOptions) {
    return refused('too-many-options', { count: options.length, maximum: mostOptions });
  }
  const empty = options.find(({ spans }) => spans.length === 0);
  if (empty) return refused('option-empty', {}, empty.paragraph);
  const right = rightOptions(options, paragraph, key);
  if (!right.ok) return right;
  const choices = options.map(({ spans }, place) => ({
    text: html(spansToHtml(spans)),
    isRight: right.places.includes(place),
  }));
  const text = html(joined(lines));
  const common = { name: nameFrom(text), text, generalFeedback: null, points: '1' };
  return { ok: true, question: { ...common, ...choiceAmong(choices) } };
}

/** Lines one below the other; a table stands for itself. */
function joined(lines: readonly string[]): string {
  return lines.reduce((all, line) => {
    const isApart = all === '' || all.endsWith('</table>') || line.startsWith('<table');
    return `${all}${isApart ? '' : '<br>'}${line}`;
  }, '');
}
