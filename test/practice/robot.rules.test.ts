import { describe, expect, test } from '@jest/globals';
import { createRobot, type Robot } from '../../src/practice/robot.ts';

interface Seen {
  url: string;
  method: string;
  headers: Headers;
  body: string;
}

type Site = (seen: Seen) => { status?: number; headers?: [string, string][]; html?: string } | undefined;

/** A robot in a world of one function, and what it asked that world. */
function robotIn(site: Site, options: { now?: () => Date; language?: string } = {}): { robot: Robot; seen: Seen[] } {
  const seen: Seen[] = [];
  const world: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const asked = { url: request.url, method: request.method, headers: request.headers, body: await request.text() };
    seen.push(asked);
    const { status = 200, headers = [], html = '' } = site(asked) ?? {};
    return new Response(html, { status, headers });
  };
  return { robot: createRobot({ fetch: world, ...options }), seen };
}

const page =
  (html: string): Site =>
  () => ({ html });

describe('cookies', () => {
  test('go to every port of the host that set them, and to no other host', async () => {
    const { robot, seen } = robotIn(({ url }) =>
      url === 'http://127.0.0.1:1/' ? { headers: [['set-cookie', 'a=1; Path=/; HttpOnly']] } : undefined,
    );
    await robot.open('http://127.0.0.1:1/');
    await robot.open('http://127.0.0.1:2/');
    await robot.open('http://localhost:1/');
    expect(seen.map(({ headers }) => headers.get('cookie'))).toEqual([null, 'a=1', null]);
    expect(robot.cookies('127.0.0.1')).toEqual({ a: '1' });
  });

  test('that are Secure stay on https and loopback', async () => {
    const { robot } = robotIn(() => ({ headers: [['set-cookie', 'a=1; Secure; SameSite=None']] }));
    await robot.open('http://tool.example/');
    await robot.open('http://localhost:3000/');
    await robot.open('https://lms.example/');
    expect(['tool.example', 'localhost', 'lms.example'].map((host) => robot.cookies(host))).toEqual([
      {},
      { a: '1' },
      { a: '1' },
    ]);
  });

  test('end when their time is over, and Max-Age counts before Expires', async () => {
    const clock = { now: new Date('2026-11-21T09:00:00Z') };
    const { robot } = robotIn(
      () => ({
        headers: [
          ['set-cookie', 'short=1; Max-Age=60; Expires=Sat, 21 Nov 2026 12:00:00 GMT'],
          ['set-cookie', 'long=a=b; Expires=Sat, 21 Nov 2026 10:00:00 GMT'],
          ['set-cookie', 'gone=1; Max-Age=0'],
        ],
      }),
      { now: () => clock.now },
    );
    await robot.open('http://localhost/');
    expect(robot.cookies('localhost')).toEqual({ short: '1', long: 'a=b' });
    clock.now = new Date('2026-11-21T09:01:00Z');
    expect(robot.cookies('localhost')).toEqual({ long: 'a=b' });
  });
});

describe('redirects', () => {
  test.each([
    [302, 'GET', ''],
    [303, 'GET', ''],
    [307, 'POST', 'a=1'],
    [308, 'POST', 'a=1'],
  ])('%i after a POST goes on as %s', async (status, method, body) => {
    const { robot, seen } = robotIn(({ url }) => {
      if (url.endsWith('/form')) return { html: '<form method="post" action="go"><input name="a" value="1"></form>' };
      return url.endsWith('/go') ? { status, headers: [['location', '/there?x=1']] } : { html: 'there' };
    });
    await robot.open('http://localhost/form');
    const end = await robot.submit(0);
    expect(end.url).toBe('http://localhost/there?x=1');
    expect(seen.at(-1)).toMatchObject({ method, body });
  });

  test('without an end are an error, not a hang', async () => {
    const { robot } = robotIn(() => ({ status: 302, headers: [['location', '/']] }));
    await expect(robot.open('http://localhost/')).rejects.toThrow('Too many redirects');
  });
});

describe('forms', () => {
  const everything = `<form id="f" method="post" action="/answers">
    <input name="text" value="one"><input name="off" value="x" disabled><input type="submit" name="go" value="Go">
    <input type="checkbox" name="box" value="a" checked><input type="checkbox" name="box" value="b">
    <input type="radio" name="pick" value="1"><input type="radio" name="pick" value="2" checked>
    <textarea name="long">first\nsecond</textarea>
    <select name="one"><option>yes</option><option value="n">no</option></select>
    <select name="many" multiple><option selected>x</option><option>y</option></select>
    <fieldset disabled><input name="inside" value="x"></fieldset>
    <button name="act" value="save">Save</button><button type="button" name="js" value="x">Nothing</button>
  </form><input name="outside" form="f" value="far"><button form="f" name="act" value="far" formaction="/else">Far</button>`;

  const submitted = async (form: string, fields = {}): Promise<{ url: string; entries: string[][] }> => {
    const { robot, seen } = robotIn(page(everything));
    await robot.open('http://localhost/');
    await robot.submit(form, fields);
    const last = seen.at(-1);
    return { url: last?.url ?? '', entries: [...new URLSearchParams(last?.body)] };
  };

  const untouched = [
    ['text', 'one'],
    ['box', 'a'],
    ['pick', '2'],
    ['long', 'first\r\nsecond'],
    ['one', 'yes'],
    ['many', 'x'],
  ];

  test('send what a browser would send', async () => {
    expect((await submitted('#f')).entries).toEqual([...untouched, ['outside', 'far']]);
  });

  test('send the button that was pressed, and go where it says', async () => {
    const near = await submitted('button[value="save"]');
    expect(near.entries).toEqual([...untouched, ['act', 'save'], ['outside', 'far']]);
    const far = await submitted('button[value="far"]');
    expect(far.url).toBe('http://localhost/else');
    expect(far.entries).toContainEqual(['act', 'far']);
  });

  test('take other values, several, none, and names the form does not have', async () => {
    const { entries } = await submitted('#f', { text: 'two', box: ['b', 'c'], pick: null, extra: 'more' });
    expect(entries).toEqual([
      ['text', 'two'],
      ['box', 'b'],
      ['box', 'c'],
      ['long', 'first\r\nsecond'],
      ['one', 'yes'],
      ['many', 'x'],
      ['outside', 'far'],
      ['extra', 'more'],
    ]);
  });

  test('without a method put their fields into the address', async () => {
    const { robot, seen } = robotIn(page('<form action="/find?old=1"><input name="q" value="a b"></form>'));
    await robot.open('http://localhost/');
    await robot.submit(0);
    expect(seen.at(-1)).toMatchObject({ method: 'GET', url: 'http://localhost/find?q=a+b' });
  });

  test('with a file go out as multipart', async () => {
    const html =
      '<form method="post" enctype="multipart/form-data"><input type="file" name="f"><input name="n"></form>';
    const { robot, seen } = robotIn(page(html));
    await robot.open('http://localhost/upload');
    await robot.submit('form', { f: { filename: 'a.gift', content: '::Q::', type: 'text/plain' }, n: 'name' });
    const last = seen.at(-1);
    expect(last?.headers.get('content-type')).toMatch(/^multipart\/form-data; boundary=/);
    expect(last?.body).toContain('name="f"; filename="a.gift"\r\nContent-Type: text/plain\r\n\r\n::Q::');
  });

  test('that are not there are named in the error', async () => {
    const { robot } = robotIn(page('<p>Nothing</p>'));
    expect(() => robot.page).toThrow('no page yet');
    await robot.open('http://localhost/empty');
    await expect(async () => robot.submit('#none')).rejects.toThrow('No form #none on http://localhost/empty');
    await expect(async () => robot.submit(0)).rejects.toThrow('No form 0 on http://localhost/empty');
    await expect(robot.click('a.next')).rejects.toThrow('No link a.next on http://localhost/empty');
  });
});

test('links are followed from where the robot is, in the language it speaks', async () => {
  const { robot, seen } = robotIn(page('<a class="next" href="next?x=1&amp;y=2">Next</a>'), { language: 'uz' });
  await robot.open('http://localhost/a/b');
  await robot.click('a.next');
  expect(seen.at(-1)?.url).toBe('http://localhost/a/next?x=1&y=2');
  expect(seen.map(({ headers }) => headers.get('accept-language'))).toEqual(['uz', 'uz']);
});

test('a launch opens the page, its frame, and every form that submits itself', async () => {
  const pages: Record<string, string> = {
    '/activity': '<iframe src="/frame"></iframe>',
    '/frame': '<form data-auto-submit method="post" action="/login"><input name="hint" value="4"></form>',
    '/login': '<form data-auto-submit method="post" action="/launch"><input name="token" value="t"></form>',
    '/launch': '<h1>Quiz</h1>',
  };
  const { robot, seen } = robotIn(({ url }) => ({ html: pages[new URL(url).pathname] ?? '' }));
  const end = await robot.launch('http://localhost/activity');
  expect(end.$('h1').text()).toBe('Quiz');
  expect(seen.map(({ method, body }) => [method, body])).toEqual([
    ['GET', ''],
    ['GET', ''],
    ['POST', 'hint=4'],
    ['POST', 'token=t'],
  ]);
  expect(seen.at(-1)?.headers.get('origin')).toBe('http://localhost');
});

test('a page that leaves its frame is followed to where it leads, and a form on the way is sent', async () => {
  const pages: Record<string, string> = {
    '/course': '<iframe src="/picker"></iframe>',
    '/picker': '<form id="pick" method="post" action="/answer"></form>',
    '/answer': '<form data-auto-submit method="post" action="/return"></form>',
    '/return': '<a href="/course?done" target="_top" data-leave-frame>Back</a>',
  };
  const { robot, seen } = robotIn(({ url }) => ({ html: pages[new URL(url).pathname] ?? '' }));
  await robot.open('http://localhost/course');
  await robot.enter();
  await robot.submit('#pick');
  expect((await robot.settle()).url).toBe('http://localhost/course?done');
  expect(seen.map(({ method }) => method)).toEqual(['GET', 'GET', 'POST', 'POST', 'GET']);
});
