// What becomes of an attempt that is open when its time is over: what the quiz says, which its learner read before.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Robot } from '../../src/practice/robot.ts';
import { openResults, rowOf, tagOf } from '../support/grades.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { answer, handIn, openAsTeacher, openQuiz } from '../support/people.ts';
import { nameOf, newQuiz, newStudent } from '../support/school.ts';

const minuteMs = 60_000;

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

const words = ({ page: { $ } }: Robot, selector = 'main') => $(selector).text().replace(/\s+/g, ' ').trim();

async function newTimedQuiz(settings: Record<string, string>) {
  const activity = await newQuiz(mustaqil, { settings: { timeLimitMinutes: '30', ...settings } });
  const student = newStudent(mustaqil, 'Ada');
  return { activity, student, ada: await openQuiz(mustaqil, { student, activity }) };
}

test('Dilnoza chooses what becomes of open attempts, and finds it in the editor again', async () => {
  const { activity } = await newTimedQuiz({ overdue: 'overtime', overtimeMinutes: '5', networkGraceSeconds: '300' });
  const dilnoza = await openAsTeacher(mustaqil, { activity });
  expect(words(dilnoza)).toContain('When the time is over: Let them go on for a while');
  await dilnoza.click('a[href$="/quiz/edit"]');
  const { $ } = dilnoza.page;
  expect([$('[name=overdue]:checked').val(), $('#overtime').val(), $('#grace').val()]).toEqual([
    ...['overtime', '5', '300'],
  ]);
});

describe('Where there is overtime', () => {
  test('Ada reads of it before she begins, is told when it runs, and her teacher sees what she took', async () => {
    const { ada, activity, student } = await newTimedQuiz({ overdue: 'overtime', overtimeMinutes: '10' });
    expect(words(ada, '#overdue')).toBe(
      'When the time is over, you may go on for a while (10 minutes); your teacher sees how much of it you used. ' +
        'If the network fails, what you answered on time still counts when it arrives a little later (at most 2 minutes).',
    );
    await answer(ada, { capital: 'Bishkek' });
    mustaqil.clock.advance(33.5 * minuteMs);
    expect(await mustaqil.handInOverdue()).toBe(0);
    await ada.open(ada.page.url);
    expect(words(ada, '#overtime')).toContain('The overtime is running');
    await handIn(ada);
    expect(words(ada, '.facts')).toContain('4 min over');
    const dilnoza = await openResults(mustaqil, activity);
    expect(tagOf(dilnoza, nameOf(mustaqil, student))).toBe('4 min over');
  });

  test('who takes all of it is handed in at its end', async () => {
    const { ada } = await newTimedQuiz({ overdue: 'overtime', overtimeMinutes: '10' });
    await answer(ada, { sum: '5' });
    mustaqil.clock.advance(60 * minuteMs);
    expect(await mustaqil.handInOverdue()).toBe(1);
    await ada.open(ada.page.url);
    expect(words(ada, '.facts')).toMatch(/when the time was over.*10 min over/);
  });
});

describe('Where only what was handed in on time counts', () => {
  const settings = { overdue: 'refuse', attemptsAllowed: '1' };

  test('who asked for nothing after the end has no attempt that counts, and none left', async () => {
    const { ada, activity, student } = await newTimedQuiz(settings);
    await answer(ada, { capital: 'Bishkek', sum: '5' });
    expect(words(ada, '#overdue')).toContain('An attempt that is not handed in by then counts for nothing');
    mustaqil.clock.advance(60 * minuteMs);
    expect(await mustaqil.handInOverdue()).toBe(1);
    expect(await mustaqil.handInOverdue()).toBe(0);
    await mustaqil.deliver();
    expect(mustaqil.lms.gradeOf(activity, student)).toBeUndefined();
    await ada.open(ada.page.url);
    expect(words(ada, '.result')).toContain('Not handed in on time');
    expect(words(ada, '.result')).toContain('No attempts left.');
    await ada.click('.crumb a');
    expect(words(ada, '.rows')).toContain('counts for nothing');
    const dilnoza = await openResults(mustaqil, activity);
    expect(rowOf(dilnoza, nameOf(mustaqil, student)).join(' ')).not.toContain('2 / 2');
  });

  test('who hands in too late finds it refused; on time it counts', async () => {
    const late = await newTimedQuiz(settings);
    await answer(late.ada, { capital: 'Bishkek', sum: '5' });
    const punctual = await newTimedQuiz(settings);
    await answer(punctual.ada, { capital: 'Bishkek', sum: '5' });
    mustaqil.clock.advance(29 * minuteMs);
    await handIn(punctual.ada);
    expect(words(punctual.ada, '.score')).toContain('2 of 2 points');
    mustaqil.clock.advance(5 * minuteMs);
    await handIn(late.ada);
    expect(words(late.ada, '.result')).toContain('By the rule of this quiz the attempt counts for nothing.');
    expect(late.ada.page.$('.score')).toHaveLength(0);
  });
});
