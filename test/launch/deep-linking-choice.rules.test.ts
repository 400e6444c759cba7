// A teacher's choice: read as it was typed, refused with a reason, and turned into links that the LMS can keep.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { chosenContent, readChoices, type ChoiceRules, type OfferedQuiz } from '../../src/launch/content-choice.ts';
import { linkItems } from '../../src/launch/content-items.ts';
import { differencesOf } from '../../src/platforms/lms/registry.ts';

const mechanics: OfferedQuiz = {
  contentId: '0b9c2a34-5d6e-4f70-8a91-b2c3d4e5f607',
  title: 'Mexanika',
  published: { questions: 12, points: 10 },
  placedAt: [],
};
const draft: OfferedQuiz = {
  contentId: '11111111-2222-3333-4444-555555555555',
  title: 'Optika',
  published: null,
  placedAt: [],
};
const essays: OfferedQuiz = {
  contentId: '99999999-2222-3333-4444-555555555555',
  title: 'Insholar',
  published: { questions: 2, points: 0 },
  placedAt: [],
};
const pageTitles = { progress: 'My progress', credits: 'Credits' };
const offered = { quizzes: [mechanics, draft, essays], pageTitles, creditPoints: 6 };

const anyNumber: ChoiceRules = {
  acceptsMultiple: true,
  acceptsColumns: true,
  columnMaximum: (points) => points,
  dates: ['opensAt', 'dueAt'],
  dueAfter: null,
  timeZone: 'Asia/Tashkent',
};
const wholeNumbers: ChoiceRules = {
  ...anyNumber,
  columnMaximum: (points) => differencesOf('moodle').columnMaximum(points),
};

type Fields = Record<string, string[]>;
const mine = (name: string) => `${name}.${mechanics.contentId}`;

function choose(fields: Fields, rules = anyNumber) {
  const sent = new Map(Object.entries(fields));
  const choices = readChoices(sent, { ...offered, rules });
  return { choices, outcome: chosenContent(choices, sent, rules) };
}

/** The one choice of Mechanics, with what was typed beside it. */
function mechanicsWith(typed: Record<string, string>, rules = anyNumber) {
  const fields = Object.fromEntries(Object.entries(typed).map(([name, value]) => [mine(name), [value]]));
  const { choices, outcome } = choose({ chosen: [mechanics.contentId], ...fields }, rules);
  return {
    problems: choices.find(({ quiz }) => quiz === mechanics)?.problems,
    chosen: outcome.ok ? outcome.chosen[0] : outcome.code,
  };
}

describe('what we propose', () => {
  test('is the quiz’s own title and points, and nothing chosen', () => {
    const { choices } = choose({});
    expect(choices.map(({ title, points, isChosen }) => [title, points, isChosen])).toEqual([
      ['My progress', '100', false],
      ['Credits', '6', false],
      ['Mexanika', '10', false],
      ['Optika', '100', false],
      ['Insholar', '', false],
    ]);
  });

  test('is a number that the gradebook of the LMS keeps (lti.md §2.5)', () => {
    const half = { ...mechanics, published: { questions: 5, points: 12.5 } };
    const pointsBy = (rules: ChoiceRules) =>
      readChoices(new Map(), { ...offered, quizzes: [half], rules }).at(-1)?.points;
    expect(pointsBy(anyNumber)).toBe('12.5');
    expect(pointsBy(wholeNumbers)).toBe('100');
  });
});

describe('a choice is refused', () => {
  test.each([
    ['when nothing is chosen', {}, 'nothing-chosen'],
    ['when a quiz is not offered', { chosen: [mechanics.contentId, 'somebody-else'] }, 'not-offered'],
    ['when only such a quiz is chosen', { chosen: ['22222222-2222-3333-4444-555555555555'] }, 'not-offered'],
    ['when points are no number', { chosen: [mechanics.contentId], [mine('points')]: ['ten'] }, 'see-below'],
  ] satisfies [string, Fields, string][])('%s', (_when, fields, code) => {
    expect(choose(fields).outcome).toEqual({ ok: false, code });
  });

  test('when two are chosen and the LMS takes one (lti.md 74)', () => {
    const two = { chosen: ['progress', mechanics.contentId] };
    expect(choose(two, { ...anyNumber, acceptsMultiple: false }).outcome).toEqual({ ok: false, code: 'one-only' });
    expect(choose(two).outcome.ok).toBe(true);
  });

  test.each([
    ['0', anyNumber, 'points-unreadable'],
    ['-5', anyNumber, 'points-unreadable'],
    ['1e3', anyNumber, 'points-unreadable'],
    ['Infinity', anyNumber, 'points-unreadable'],
    ['101', wholeNumbers, 'points-not-kept'],
    ['12.5', wholeNumbers, 'points-not-kept'],
    ['0.5', wholeNumbers, 'points-not-kept'],
  ])('for %s points', (points, rules, problem) => {
    expect(mechanicsWith({ points }, rules)).toEqual({ problems: { points: problem }, chosen: 'see-below' });
  });

  test('for dates that are none, or that follow in the wrong order', () => {
    expect(mechanicsWith({ opensAt: 'soon', dueAt: '2026-02-30T10:00' }).problems).toEqual({
      opensAt: 'date-unreadable',
      dueAt: 'date-unreadable',
    });
    const reversed = mechanicsWith({ opensAt: '2026-12-02T10:00', dueAt: '2026-12-01T10:00' });
    expect(reversed.problems).toEqual({ dueAt: 'due-before-open' });
  });

  test('but not for what stands beside a quiz that was not chosen', () => {
    const { outcome } = choose({ chosen: ['progress'], [mine('points')]: ['ten'] });
    expect(outcome.ok).toBe(true);
  });
});

describe('a choice is taken', () => {
  test('with a comma in its points, in every LMS that keeps such', () => {
    expect(mechanicsWith({ points: '12,5' }).chosen).toMatchObject({ points: 12.5 });
  });

  test('without points, for no column in the gradebook', () => {
    expect(mechanicsWith({ points: '' }).chosen).toMatchObject({ points: null });
  });

  test('without a title of its own, for the quiz’s; without line breaks in it', () => {
    expect(mechanicsWith({ title: '  ' }).chosen).toMatchObject({ title: 'Mexanika' });
    expect(mechanicsWith({ title: '1-hafta\r\nMexanika' }).chosen).toMatchObject({ title: '1-hafta Mexanika' });
  });

  test('without a column where the LMS lets us propose none, whatever was typed', () => {
    const rules = { ...anyNumber, acceptsColumns: false };
    expect(mechanicsWith({ points: 'ten' }, rules).chosen).toMatchObject({ points: null });
  });

  test('whatever is typed: nothing gets through that the LMS does not keep', () => {
    const value = fc.oneof(fc.string(), fc.double().map(String), fc.integer().map(String));
    fc.assert(
      fc.property(value, value, value, value, (title, points, opensAt, dueAt) => {
        const { chosen } = mechanicsWith({ title, points, opensAt, dueAt }, wholeNumbers);
        if (typeof chosen !== 'object') return;
        expect(chosen.title.trim()).not.toBe('');
        if (chosen.points !== null) expect(Number.isInteger(chosen.points)).toBe(true);
        expect(chosen.points ?? 1).toBeGreaterThanOrEqual(1);
        expect(chosen.points ?? 1).toBeLessThanOrEqual(100);
      }),
    );
  });
});

describe('the links of a choice', () => {
  const chosen = (fields: Fields) => {
    const { outcome } = choose(fields);
    return outcome.ok ? outcome.chosen : [];
  };
  const place = { publicUrl: 'https://tool.example', sendsLinkUrl: false };

  test('hold what they stand for, the column, and the dates that were offered (lti.md 80, 81, 84)', () => {
    const fields = {
      chosen: [mechanics.contentId],
      [mine('title')]: ['1-nazorat'],
      [mine('points')]: ['20'],
      [mine('opensAt')]: ['2026-12-01T09:00'],
      [mine('dueAt')]: ['2026-12-08T18:00'],
    };
    expect(linkItems(chosen(fields), place)).toEqual([
      {
        title: '1-nazorat',
        text: null,
        url: null,
        custom: { mustaqil_content: `quiz:${mechanics.contentId}`, mustaqil_due: '2026-12-08T13:00:00.000Z' },
        lineItem: { label: '1-nazorat', scoreMaximum: 20, resourceId: mechanics.contentId, tag: 'quiz' },
        available: { startDateTime: new Date('2026-12-01T04:00:00Z') },
        submission: { endDateTime: new Date('2026-12-08T13:00:00Z') },
      },
    ]);
  });

  test('have an address only where the LMS wants one (lti.md 84)', () => {
    const both = chosen({ chosen: ['progress', mechanics.contentId] });
    expect(linkItems(both, place).map(({ url }) => url)).toEqual([null, null]);
    expect(linkItems(both, { ...place, sendsLinkUrl: true }).map(({ url }) => url)).toEqual([
      'https://tool.example/content/progress',
      `https://tool.example/content/quiz/${mechanics.contentId}`,
    ]);
  });

  test('to the page of progress have no column and no dates', () => {
    const dates = { 'points.progress': ['5'], 'dueAt.progress': ['2026-12-08T18:00'] };
    expect(linkItems(chosen({ chosen: ['progress'], ...dates }), place)).toEqual([
      {
        title: 'My progress',
        text: null,
        url: null,
        custom: { mustaqil_content: 'progress' },
        lineItem: null,
        available: null,
        submission: null,
      },
    ]);
  });

  test('to the credit page have a column for the total of the course, and no dates', () => {
    const typed = { 'title.credits': ['Kreditlar'], 'dueAt.credits': ['2026-12-08T18:00'] };
    const lineItem = { label: 'Kreditlar', scoreMaximum: 6, resourceId: 'credits', tag: 'credits' };
    expect(linkItems(chosen({ chosen: ['credits'], ...typed }), place)).toMatchObject([
      { title: 'Kreditlar', custom: { mustaqil_content: 'credits' }, lineItem, available: null, submission: null },
    ]);
    expect(linkItems(chosen({ chosen: ['credits'], 'points.credits': [''] }), place)).toMatchObject([
      { lineItem: null },
    ]);
  });
});
