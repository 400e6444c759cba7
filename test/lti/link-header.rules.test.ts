// The way to the next page (obligations 71, 90, 111, 115), as platforms write it and as they should.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nextPage } from '../../src/lti/link-header.ts';

const page = 'https://lms.example/courses/2/items?type_id=1';

/** As `fetch` hands over a header written in UTF-8. */
const received = (header: string): string => Buffer.from(header, 'utf8').toString('latin1');

const readable: [string, string, string | null][] = [
  ['the standard form', '<https://lms.example/p2>; rel="next"', 'https://lms.example/p2'],
  ['no quotation marks', '<https://lms.example/p2>;rel=next', 'https://lms.example/p2'],
  ['single ones', "<https://lms.example/p2>; rel='next'", 'https://lms.example/p2'],
  ['curly ones, as Moodle 5.1 writes them', received('<https://lms.example/p2>; rel=“next”'), 'https://lms.example/p2'],
  ['curly ones, decoded', '<https://lms.example/p2>; rel=“next”', 'https://lms.example/p2'],
  [
    '&amp; for &, as Moodle 5.1 writes it',
    '<https://lms.example/p?type_id=1&amp;limit=2&amp;from=2>; rel="next"',
    'https://lms.example/p?type_id=1&limit=2&from=2',
  ],
  ['upper case', '<https://lms.example/p2>; REL="NEXT"', 'https://lms.example/p2'],
  ['spaces', ' < https://lms.example/p2 > ;  rel = "next" ', 'https://lms.example/p2'],
  ['several relations', '<https://lms.example/p2>; rel="last next"', 'https://lms.example/p2'],
  ['other parameters', '<https://lms.example/p2>; title="b"; rel="next"; type="x"', 'https://lms.example/p2'],
  [
    'several links, commas in their addresses',
    '<https://lms.example/p1?a=1,2>; rel="prev", <https://lms.example/p3?a=1,2>; rel="next", <https://x.example/>; rel="differences"',
    'https://lms.example/p3?a=1,2',
  ],
  ['an absolute path', '</p2?x=1>; rel="next"', 'https://lms.example/p2?x=1'],
  ['a query alone', '<?from=2>; rel="next"', 'https://lms.example/courses/2/items?from=2'],
  ['no header', '', null],
  ['other relations', '<https://x.example/>; rel="differences", <https://lms.example/>; rel="first"', null],
  [
    'a relation that is only like it',
    '<https://lms.example/p2>; rel="nextpage", <https://lms.example/p2>; rel="x/next"',
    null,
  ],
  ['no relation', '<https://lms.example/next>', null],
  ['no link', 'rel="next"', null],
];

const foreign = [
  'https://evil.example/p2',
  'http://lms.example/p2',
  'https://lms.example:8443/p2',
  'https://lms.example.evil.example/p2',
  'https://lms.example@evil.example/p2',
  'https://user:password@lms.example/p2',
  '//evil.example/p2',
  '\\\\evil.example/p2',
  'data:application/json,[]',
  'file:///etc/passwd',
];

describe('the link to the next page', () => {
  test.each(readable)('with %s', (_, header, url) => {
    expect(nextPage(header, page)).toEqual({ ok: true, url });
  });

  test.each(foreign)('never leads to %s (lti.md 71, 115)', (url) => {
    expect(nextPage(`<${url}>; rel="next"`, page)).toEqual({ ok: false, code: 'foreign-page' });
  });

  test('that is no address is not taken for the end of the list', () => {
    expect(nextPage('<https://[broken>; rel="next"', page)).toEqual({ ok: false, code: 'unreadable-link' });
  });

  test('stays at the origin of the page, whatever the header says (lti.md 71)', () => {
    const address = fc.oneof(fc.webUrl(), fc.string(), fc.constantFrom(...foreign, '/p2', '?x', page));
    const relation = fc.oneof(fc.constantFrom('next', '"next"', '“next”', 'next prev'), fc.string());
    const header = fc
      .array(fc.tuple(address, relation))
      .map((links) => links.map(([url, rel]) => `<${url}>; rel=${rel}`).join(', '));
    fc.assert(
      fc.property(fc.oneof(header, fc.string({ unit: 'binary' })), (text) => {
        const next = nextPage(text, page);
        expect(!next.ok || next.url === null || new URL(next.url).origin === 'https://lms.example').toBe(true);
      }),
    );
  });
});
