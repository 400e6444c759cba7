// Pictures, sounds, films and files: authors of a course upload them, everybody of the same LMS is shown them, and nothing runs.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { assets } from '../../src/database/tables/assets.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { ask, cookiesOf } from '../support/ask.ts';
import { startAnotherLms, type AnotherLms } from '../support/another-lms.ts';
import { heads, keyOn, pngBomb, pngOf, upload } from '../support/assets.ts';
import { launchWith, lti, roleUri } from '../support/launches.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openQuiz, publish } from '../support/people.ts';
import { refusalOf } from '../support/refusals.ts';
import { newStudent } from '../support/school.ts';
import { sample } from '../../src/practice/sample-courses.ts';

let mustaqil: TestMustaqil;
let another: AnotherLms;
let dilnoza: Robot;
let aziz: Robot;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  another = await startAnotherLms(mustaqil);
  dilnoza = await publish(mustaqil);
  aziz = await openQuiz(mustaqil);
});
afterAll(async () => {
  await another.stop();
  await mustaqil.stop();
});

const at = (path: string) => `${mustaqil.url}${path}`;
const kept = async () => (await mustaqil.db.select({ sha256: assets.sha256 }).from(assets)).length;

/** The bytes behind an address of ours, as a browser in which somebody is signed in fetches them. */
async function fetchAs(robot: Robot | null, path: string, headers: Record<string, string> = {}, method = 'GET') {
  const cookie = robot ? cookiesOf(robot, new URL(mustaqil.url).hostname) : '';
  const response = await fetch(at(path), { method, headers: { ...headers, cookie } });
  return { status: response.status, headers: response.headers, bytes: new Uint8Array(await response.arrayBuffer()) };
}

describe('An author', () => {
  test('uploads a picture, and gets the lines that put it into a question', async () => {
    const page = await upload(dilnoza, pngOf(40, 30), { alt: 'Qiya tekislik ["a" < b]' });
    const sha256 = keyOn(page);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    const lines = page
      .$('.kept-asset code')
      .toArray()
      .map((line) => page.$(line).text());
    expect(lines).toEqual([
      `![Qiya tekislik \\["a" < b\\]](asset:${sha256})`,
      `<img src="asset:${sha256}" alt="Qiya tekislik [&quot;a&quot; &lt; b]" width="40" height="30">`,
    ]);
    expect(page.$('.kept-asset img').attr()).toMatchObject({ src: `/assets/${sha256}`, width: '40', height: '30' });
    expect(page.$('.kept-asset .note')).toHaveLength(0);
  });

  test('is told where a description is missing', async () => {
    const page = await upload(dilnoza, pngOf(41, 30));
    expect(page.$('.kept-asset .note').text()).toContain('no description');
  });

  test('uploads the same picture twice and has it once', async () => {
    const first = keyOn(await upload(dilnoza, pngOf(42, 30)));
    const before = await kept();
    expect(keyOn(await upload(dilnoza, pngOf(42, 30), { filename: 'boshqa.gif' }))).toBe(first);
    expect(await kept()).toBe(before);
  });

  test('who uploads by script gets JSON, and a refusal as JSON too', async () => {
    const courseId = /\/courses\/(\d+)/.exec(dilnoza.page.url)?.[1] ?? '';
    const send = (content: Uint8Array<ArrayBuffer>) => {
      const body = new FormData();
      body.set('file', new Blob([content]), 'a.mp3');
      const headers = { accept: 'application/json', 'x-csrf-token': csrfOf(dilnoza) };
      return ask(at(`/courses/${courseId}/assets`), { body, headers, as: dilnoza });
    };
    const good = await send(pngOf(43, 30));
    expect(good.status).toBe(201);
    expect(JSON.parse(good.html)).toEqual({
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      mediaType: 'image/png',
      kind: 'picture',
      width: 43,
      height: 30,
      reference: expect.stringMatching(/^asset:[0-9a-f]{64}$/),
    });
    const bad = await send(heads.bmp);
    expect(bad.status).toBe(415);
    expect(JSON.parse(bad.html)).toEqual({
      code: 'asset-kind',
      message: 'This file holds image/bmp, which not every browser shows',
    });
  });
});

describe('An upload is refused, and nothing of it is kept:', () => {
  const longer = (head: Uint8Array, bytes: number) => {
    const all = new Uint8Array(bytes);
    all.set(head);
    return all;
  };
  test.each([
    [
      'a web page that is called a picture',
      '<!doctype html><script>alert(1)</script>',
      415,
      'asset-unknown',
      'none that can be shown',
    ],
    ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 415, 'asset-svg', 'may hold script'],
    ['a kind that few browsers know', heads.heic, 415, 'asset-kind', 'This file holds image/heic'],
    [
      'a small file of a huge picture',
      pngBomb(30_000, 20_000),
      422,
      'asset-too-many-pixels',
      'has 30\u00a0000 × 20\u00a0000 pixels',
    ],
    [
      'a picture of 11 MB',
      longer(pngOf(1, 1), 11 * 1024 * 1024),
      413,
      'asset-too-large',
      'a picture of 11 MB; 10 MB are possible',
    ],
    [
      'a picture of 60 MB',
      longer(pngOf(1, 1), 60 * 1024 * 1024),
      413,
      'upload-too-large',
      'This upload has 60 MB; a picture may have 10 MB',
    ],
    ['no file', '', 422, 'asset-empty', 'There is no file'],
  ])('%s', async (_, content, status, code, words) => {
    const before = await kept();
    const page = await upload(dilnoza, content);
    expect({ status: page.status, code: refusalOf(page) }).toEqual({ status, code });
    expect(page.$('h1').text()).toContain(words);
    expect(await kept()).toBe(before);
    await dilnoza.open('/courses/1');
  });

  test('without the token of our own pages', async () => {
    const body = new FormData();
    body.set('file', new Blob([pngOf(44, 30)]), 'a.png');
    const { status } = await ask(at('/courses/1/assets'), { body, as: dilnoza });
    expect(status).toBe(403);
  });

  test('by whoever writes no quizzes', async () => {
    const before = await kept();
    const assistant = await launchWith(mustaqil, {
      person: newStudent(mustaqil, 'Yordamchi'),
      activity: sample.physics.mechanics,
      claims: { [lti('roles')]: [roleUri.assistant] },
    });
    for (const [robot, status] of [
      [assistant, 403],
      [aziz, 403],
      [undefined, 401],
    ] as const) {
      const body = new FormData();
      body.set('file', new Blob([pngOf(45, 30)]), 'a.png');
      const headers = { 'x-csrf-token': robot ? csrfOf(robot) : 'none' };
      const asked = await ask(at('/courses/1/assets'), { body, headers, ...(robot && { as: robot }) });
      expect(asked.status).toBe(status);
      expect((await ask(at('/courses/1/assets'), robot && { as: robot })).status).toBe(status);
    }
    expect(await kept()).toBe(before);
  });

  test('but an author who is no teacher may', async () => {
    const author = await launchWith(mustaqil, {
      person: newStudent(mustaqil, 'Muallif'),
      activity: sample.physics.mechanics,
      claims: { [lti('roles')]: [roleUri.author] },
    });
    await author.open('/courses/1/assets');
    const page = await author.submit('form.upload', { file: { filename: 'a.pdf', content: heads.pdf } });
    expect(page.status).toBe(200);
    expect(page.$('.kept-asset a[download]')).toHaveLength(1);
    expect(page.$('.crumb')).toHaveLength(0);
  });
});

describe('What is kept is shown', () => {
  test('to whoever is signed in from the same LMS, under headers that let nothing run', async () => {
    const picture = pngOf(50, 30);
    const sha256 = keyOn(await upload(dilnoza, picture));
    const { status, headers, bytes } = await fetchAs(aziz, `/assets/${sha256}`);
    expect(status).toBe(200);
    expect(bytes).toEqual(picture);
    expect(headers.get('content-type')).toBe('image/png');
    expect(headers.get('content-length')).toBe(String(picture.length));
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';.*; sandbox; frame-ancestors 'none'$/);
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('cache-control')).toBe('private, max-age=31536000, immutable, no-transform');
    expect(headers.get('content-disposition')).toBe(`inline; filename="${sha256.slice(0, 12)}.png"`);
    expect(headers.get('content-encoding')).toBeNull();
    const known = { 'if-none-match': headers.get('etag') ?? '', 'cache-control': 'max-age=0' };
    const again = await fetchAs(aziz, `/assets/${sha256}`, known);
    expect([again.status, again.bytes.length]).toEqual([304, 0]);
    const head = await fetchAs(aziz, `/assets/${sha256}`, {}, 'HEAD');
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(picture.length)]);
  });

  test('and to nobody of another LMS, to nobody signed out, and under no other address', async () => {
    const sha256 = keyOn(await upload(dilnoza, pngOf(51, 30)));
    const stranger = await publish(another);
    expect((await fetchAs(stranger, `/assets/${sha256}`)).status).toBe(404);
    expect((await fetchAs(null, `/assets/${sha256}`)).status).toBe(401);
    for (const path of [sha256.toUpperCase(), sha256.slice(1), '0'.repeat(64), `${sha256}.svg`, '..%2fstyle.css']) {
      expect((await fetchAs(dilnoza, `/assets/${path}`)).status).toBe(404);
    }
    await upload(stranger, pngOf(51, 30));
    expect((await fetchAs(stranger, `/assets/${sha256}`)).status).toBe(200);
  });

  test('as a file to be saved, where it is a document', async () => {
    const sha256 = keyOn(await upload(dilnoza, heads.pdf, { filename: 'a.png' }));
    const { headers } = await fetchAs(aziz, `/assets/${sha256}`);
    expect(headers.get('content-type')).toBe('application/pdf');
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="[0-9a-f]{12}\.pdf"$/);
  });

  test('in parts, as players ask for a film', async () => {
    const film = new Uint8Array(1_500_000).map((_, place) => place % 251);
    film.set(heads.mp4);
    const sha256 = keyOn(await upload(dilnoza, film, { filename: 'tajriba.mp4', alt: 'Tajriba' }));
    const part = async (range: string) => {
      const { status, headers, bytes } = await fetchAs(aziz, `/assets/${sha256}`, { range });
      return { status, range: headers.get('content-range'), bytes: Buffer.from(bytes) };
    };
    const whole = Buffer.from(film);
    expect(whole.equals((await fetchAs(aziz, `/assets/${sha256}`)).bytes)).toBe(true);
    const all = await part('bytes=0-');
    expect([all.status, all.range]).toEqual([206, 'bytes 0-1499999/1500000']);
    expect(all.bytes.equals(whole)).toBe(true);
    const middle = await part('bytes=500000-1200000');
    expect(middle.status).toBe(206);
    expect(middle.bytes.equals(whole.subarray(500_000, 1_200_001))).toBe(true);
    expect((await part('bytes=-10')).bytes.equals(whole.subarray(-10))).toBe(true);
    expect(await part('bytes=1500000-')).toMatchObject({ status: 416, range: 'bytes */1500000' });
    expect((await part('bytes=0-1,5-6')).status).toBe(200);
  });
});

test('A student sees the picture of a question while answering and in the result', async () => {
  const sha256 = keyOn(await upload(dilnoza, pngOf(60, 30)));
  const source = `::Tekislik::[markdown]![Qiya tekislik](asset\\:${sha256}) Qancha? {#5}`;
  const { lms } = mustaqil;
  const activity = lms.addActivity({ courseId: sample.physics.course, title: 'Rasmli', maximumPoints: 10 }).id;
  await publish(mustaqil, { activity, source });
  const student = await openQuiz(mustaqil, { activity });
  await student.submit('form[action$="/attempts"]');
  const picture = student.page.$('.question img');
  expect(picture.attr()).toEqual({ src: `/assets/${sha256}`, alt: 'Qiya tekislik', loading: 'lazy' });
  expect((await fetchAs(student, picture.attr('src') ?? '')).status).toBe(200);
  await student.submit('#attempt button', {});
  await student.submit('form[action$="/submission"]');
  expect(student.page.$('.question img').attr('src')).toBe(`/assets/${sha256}`);
});

test('The database itself keeps nothing under a key that is not its own', async () => {
  const row = {
    deploymentId: 1,
    mediaType: 'image/png',
    bytes: heads.gif,
    keptAt: new Date(),
    byteLength: heads.gif.length,
  };
  const insert = mustaqil.db.insert(assets).values({ ...row, sha256: 'ab'.repeat(32) });
  await expect(insert).rejects.toMatchObject({ cause: { code: '23514' } });
});

function csrfOf(robot: Robot): string {
  return robot.page.$('input[name="_csrf"]').attr('value') ?? '';
}
