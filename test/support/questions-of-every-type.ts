// A quiz in which every type of question stands that needs no picture.
import type { Robot } from '../../src/practice/robot.ts';
import { gift } from '../../src/questions/formats/gift.ts';
import { questionSchema, questionTypeNames, typeOf, type Question } from '../../src/questions/question.ts';
import { mexanika } from './mexanika.ts';

/** The sample quiz, one question each of the types that it lacks, and sums until there are so many. */
export function questionsOfEveryType(count: number): Question[] {
  const questions = gift.read(mexanika).questions.map(({ question }) => question);
  const missing = questionTypeNames
    .filter((type) => type !== 'hotspot' && !questions.some((question) => question.type === type))
    .map((type) => exampleOf(type));
  const sums = Array.from({ length: count - questions.length - missing.length }, () => exampleOf('numeric'));
  return [...questions, ...missing, ...sums];
}

/** Something for every field of an attempt that takes a text or a choice, on the page that a robot is on. */
export function somethingFor({ page: { $ } }: Robot): Record<string, string> {
  const inputs = $('#attempt input[type=radio], #attempt input[type=text], #attempt textarea').toArray();
  return Object.fromEntries(inputs.map((input) => [$(input).attr('name') ?? '', $(input).attr('value') || '5']));
}

function exampleOf(name: Question['type']): Question {
  const type = typeOf({ type: name });
  const [example] = type.examples;
  const places = Array.from({ length: type.gaps?.(example?.details) ?? 0 }, (_gap, index) => `[[${index + 1}]]`);
  return questionSchema.parse({
    type: name,
    name,
    text: { format: 'html', source: `<p>Bu savolga javob bering. ${places.join(' ')}</p>` },
    generalFeedback: null,
    points: '1',
    details: example?.details,
  });
}
