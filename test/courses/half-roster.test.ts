// Lists of people that do not come whole: nobody is marked missing by them, and our token goes to nobody else.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ChangePage } from '../../src/practice/memberships.routes.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { nameOf, newStudent } from '../support/school.ts';
import { newCourse, openCourse, peopleOf, refresh, standing } from './course-page.ts';

let mustaqil: TestMustaqil;
/** Wherever the tool sent a token. */
const told: string[] = [];

beforeAll(async () => {
  mustaqil = await startMustaqil({
    fetch: (input, init) => {
      const request = new Request(input, init);
      if (request.headers.has('authorization')) told.push(request.url);
      return new URL(request.url).hostname.endsWith('.example')
        ? Promise.resolve(Response.json({ members: [] }))
        : fetch(input, init);
    },
  });
});
afterAll(() => mustaqil.stop());
beforeEach(() => {
  told.length = 0;
});

describe('A list that is not whole marks nobody missing', () => {
  const html: ChangePage = (page) => ({ ...page, headers: { 'Content-Type': 'text/html' }, body: '<h1>Oops</h1>' });
  const next = (change: ChangePage, address: (id: string) => string): ChangePage => {
    return ({ headers, body }) => {
      mustaqil.lms.nextRosterPage = change;
      const { id } = body as { id: string };
      return { headers: { ...headers, Link: `<${address(id)}>; rel="next"` }, body };
    };
  };
  const second = (id: string) => `${id}?from=1&amp;limit=1`;
  const gone: ChangePage = (page) => ({ ...page, status: 500, body: '' });

  test.each<[what: string, change: () => ChangePage, words: string]>([
    ['its second page is HTML', () => next(html, second), 'did not answer'],
    ['its second page fails', () => next(gone, second), 'did not answer'],
    [
      'its second page is the first one again',
      () =>
        next(
          (page) => page,
          (id) => id,
        ),
      'could not be read to its end',
    ],
    [
      'its second page has no address',
      () =>
        next(
          (page) => page,
          () => 'http://[',
        ),
      'could not be read to its end',
    ],
    [
      'its second page is another site’s',
      () => next(html, () => 'https://evil.example/'),
      'could not be read to its end',
    ],
    ['it has nobody in it', () => (page) => ({ ...page, body: { members: [] } }), 'a list without anybody'],
    ['it is no list', () => (page) => ({ ...page, body: ['Bek'] }), 'did not answer'],
    ['it is forbidden', () => (page) => ({ ...page, status: 403 }), 'did not let us read'],
  ])('because %s (lti.md 112, 115)', async (_what, change, words) => {
    const course = newCourse(mustaqil);
    const [bek, lola] = [newStudent(mustaqil, 'Bek', course.id), newStudent(mustaqil, 'Lola', course.id)];
    const teacher = await openCourse(mustaqil, course);
    const before = peopleOf(teacher);
    mustaqil.lms.unenrol(bek, course.id);
    mustaqil.lms.suspend(lola, course.id);
    mustaqil.lms.nextRosterPage = change();
    await refresh(mustaqil, teacher);
    mustaqil.lms.nextRosterPage = undefined;
    expect(peopleOf(teacher)).toEqual(before);
    expect(standing(teacher)).toContain(words);
    expect(standing(teacher)).toMatch(/You see the list of \d{4}-/);
    for (const url of told) expect(new URL(url).origin).toBe(mustaqil.lmsUrl);
    expect(peopleOf(await refresh(mustaqil, teacher))[nameOf(mustaqil, bek)]).toEqual(['student', 'not yet', 'left']);
  });

  test('because the LMS is away, or no longer grants the right', async () => {
    const course = newCourse(mustaqil);
    const teacher = await openCourse(mustaqil, course);
    mustaqil.lms.faults.down = 'services';
    expect(standing(await refresh(mustaqil, teacher))).toContain('did not answer');
    mustaqil.lms.faults.down = 'off';
    const [tool] = mustaqil.lms.state.tools;
    const { scopes = [] } = tool ?? {};
    Object.assign(tool ?? {}, { scopes: scopes.filter((scope) => !scope.includes('membership')) });
    // The token of before lives for an hour.
    mustaqil.clock.advance(60 * 60_000);
    expect(standing(await refresh(mustaqil, teacher))).toContain('did not let us read');
    Object.assign(tool ?? {}, { scopes });
    expect(standing(await refresh(mustaqil, teacher))).toMatch(/^As your LMS had it/);
  });
});
