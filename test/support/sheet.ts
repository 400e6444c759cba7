// An answer sheet as a person reads it: a question is found by its words, an option by its own.
import type { FieldValue } from '../../src/practice/form-fields.ts';
import type { RobotPage } from '../../src/practice/robot.ts';

/** An option's words or what is typed; the words of every ticked box; what goes with each left side. */
export type Given = string | readonly string[] | Readonly<Record<string, string>>;

type Selection = ReturnType<RobotPage['$']>;

/**
 * What to put into the form of an attempt.
 *
 * @param answers by words that the question's text holds
 * @throws for a question or an option that is not on the page
 */
export function fieldsFor(page: RobotPage, answers: Record<string, Given>): Record<string, FieldValue> {
  return Object.fromEntries(
    Object.entries(answers).flatMap(([words, given]) => Object.entries(fieldsOf(page, words, given))),
  );
}

/** What stands in the form for a question, in the words of `fieldsFor`. */
export function givenTo(page: RobotPage, words: string): Given {
  const { $ } = page;
  const question = questionWith(page, words);
  const options = question.find('label.option').toArray();
  if (options.length > 0) {
    const isOne = question.find('input[type=radio]').length > 0;
    const ticked = options.filter((option) => $(option).find('[checked]').length > 0);
    const words = ticked.map((option) => wordsOf($(option)));
    return isOne ? (words[0] ?? '') : words;
  }
  const matches = question.find('.match').toArray();
  if (matches.length > 0) {
    return Object.fromEntries(
      matches.map((match) => [wordsOf($(match).find('label')), wordsOf($(match).find('option[selected]'))]),
    );
  }
  return question.find('textarea').text() || (question.find('input[type=text]').attr('value') ?? '');
}

/** The box around a question, on a sheet or on a result page. */
export function questionWith({ $, url }: RobotPage, words: string): Selection {
  const question = $('.question').filter((_index, element) => $(element).find('.question-text').text().includes(words));
  if (question.length !== 1) throw new Error(`${question.length} questions with “${words}” on ${url}`);
  return question;
}

/** The name of a question's form field, such as `q3`. */
export function fieldOf(page: RobotPage, words: string): string {
  return questionWith(page, words).find('.question-head').attr('id')?.replace('-text', '') ?? '';
}

function fieldsOf(page: RobotPage, words: string, given: Given): Record<string, FieldValue> {
  const { $ } = page;
  const question = questionWith(page, words);
  const field = fieldOf(page, words);
  const options = question.find('label.option');
  if (options.length > 0) {
    const chosen = typeof given === 'string' ? [given] : Object.values(given);
    return { [field]: chosen.map((option) => valueOf(page, options, option)) };
  }
  if (typeof given === 'string') return { [field]: given };
  const rows = question.find('.match').toArray();
  return Object.fromEntries(
    Object.entries(given).map(([left, right]) => {
      const select = $(rows.find((row) => wordsOf($(row).find('label')) === left)).find('select');
      return [select.attr('name') ?? left, valueOf(page, select.find('option'), right)];
    }),
  );
}

function valueOf({ $ }: RobotPage, choices: Selection, words: string): string {
  const choice = choices.filter((_index, element) => wordsOf($(element)) === words);
  if (choice.length !== 1) throw new Error(`${choice.length} options are called “${words}”`);
  return (choice.is('option') ? choice : choice.find('input')).attr('value') ?? '';
}

function wordsOf(element: Selection): string {
  return element.text().trim();
}
