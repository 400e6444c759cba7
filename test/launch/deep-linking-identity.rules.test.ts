// What a link says it stands for: read back as it was given, and nothing else taken for it.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addressOf, contentOf, customOf, dueAtOf, type ContentIdentity } from '../../src/launch/content-identity.ts';

const contentId = '0b9c2a34-5d6e-4f70-8a91-b2c3d4e5f607';
const other = '11111111-2222-3333-4444-555555555555';
const quiz: ContentIdentity = { kind: 'quiz', contentId };
const launch = (custom: Record<string, string>, targetLinkUri: string | null = null) => ({ custom, targetLinkUri });

describe('what a launch is for', () => {
  test.each([
    ['a quiz', { mustaqil_content: `quiz:${contentId}` }, quiz],
    ['a quiz in capitals', { mustaqil_content: `QUIZ:${contentId.toUpperCase()}` }, quiz],
    ['a quiz with space around it', { mustaqil_content: ` quiz:${contentId}\r\n` }, quiz],
    ['a parameter whose name lost its case', { Mustaqil_Content: 'progress' }, { kind: 'progress' }],
    ['the page of progress', { mustaqil_content: 'progress' }, { kind: 'progress' }],
    ['the credit page', { mustaqil_content: 'Credits' }, { kind: 'credits' }],
    ['nothing', {}, null],
    ['an empty parameter', { mustaqil_content: '' }, null],
    ['half an id', { mustaqil_content: 'quiz:0b9c2a34' }, null],
    ['an id with something after it', { mustaqil_content: `quiz:${contentId}/../${other}` }, null],
    ['another kind', { mustaqil_content: `file:${contentId}` }, null],
    ['a parameter of another tool', { content: `quiz:${contentId}` }, null],
  ] satisfies [string, Record<string, string>, ContentIdentity | null][])(
    '%s (lti.md 84)',
    (_what, custom, expected) => {
      expect(contentOf(launch(custom))).toEqual(expected);
    },
  );

  test.each([
    [`https://tool.example/content/quiz/${contentId}`, quiz],
    [`https://tool.example/content/quiz/${contentId.toUpperCase()}/?from=course`, quiz],
    ['https://tool.example/content/progress', { kind: 'progress' }],
    ['https://tool.example/content/credits', { kind: 'credits' }],
    ['https://tool.example/lti/launch', null],
    [`https://tool.example/lti/launch?content=quiz:${contentId}`, null],
    [`https://tool.example/content/quiz/${contentId}/edit`, null],
    ['no address', null],
    [null, null],
  ] satisfies [string | null, ContentIdentity | null][])(
    'by the path of its address, %s (lti.md 84)',
    (url, expected) => {
      expect(contentOf(launch({}, url))).toEqual(expected);
    },
  );

  test('what the parameters say goes before the address', () => {
    const target = `https://tool.example/content/quiz/${other}`;
    expect(contentOf(launch({ mustaqil_content: `quiz:${contentId}` }, target))).toEqual(quiz);
    expect(contentOf(launch({ mustaqil_content: 'garbage' }, target))).toEqual({ kind: 'quiz', contentId: other });
  });

  test('whatever is given to an LMS is understood when it comes back', () => {
    const identity = fc.oneof(
      fc.uuid().map((contentId): ContentIdentity => ({ kind: 'quiz', contentId })),
      fc.constantFrom<ContentIdentity>({ kind: 'progress' }, { kind: 'credits' }),
    );
    fc.assert(
      fc.property(identity, (content) => {
        expect(contentOf(launch(customOf(content, null)))).toEqual(content);
        expect(contentOf(launch({}, addressOf(content, 'https://tool.example')))).toEqual(content);
      }),
    );
  });

  test('no parameter at all makes it fail', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), fc.string(), (custom, address) => {
        contentOf(launch(custom, address));
        dueAtOf(launch({ ...custom, mustaqil_due: address }));
      }),
    );
  });
});

describe('until when it should be handed in', () => {
  const dueAt = new Date('2026-12-01T13:00:00Z');

  test('is what was chosen, as long as the LMS says nothing else (lti.md 81)', () => {
    expect(dueAtOf(launch(customOf(quiz, dueAt)))).toEqual(dueAt);
    const moved = { ...customOf(quiz, dueAt), submission_end: '2026-12-08T18:00:00+05:00' };
    expect(dueAtOf(launch(moved))).toEqual(new Date('2026-12-08T13:00:00Z'));
  });

  test.each(['', 'tomorrow', '2026-12-01', '2026-12-01T13:00', '2026-13-41T13:00:00Z', '1764594000'])(
    'is not known from “%s”',
    (mustaqil_due) => {
      expect(dueAtOf(launch({ mustaqil_due }))).toBeNull();
    },
  );
});
