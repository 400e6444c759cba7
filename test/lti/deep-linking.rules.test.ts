// What a platform asks for when a teacher is to choose content, in every shape in which it may ask.
import { describe, expect, test } from '@jest/globals';
import { agsClaim, deepLinking, lti, now } from './fake-platform.ts';
import { choice, good, launchOf, platform, verify, withClaims, withSettings } from './launch-bench.ts';

const settings = deepLinking('deep_linking_settings');

describe('what is asked for', () => {
  const shapes: [what: string, changed: Record<string, unknown>, expected: Record<string, unknown>][] = [
    ['several items as text', { accept_multiple: 'true' }, { acceptsMultiple: true }],
    ['one item as text', { accept_multiple: 'false' }, { acceptsMultiple: false }],
    ['one item by saying nothing', { accept_multiple: undefined }, { acceptsMultiple: false }],
    ['one item by a number', { accept_multiple: 1 }, { acceptsMultiple: false }],
    ['columns', { accept_lineitem: true }, { acceptsLineItem: true }],
    ['columns as text', { accept_lineitem: 'true' }, { acceptsLineItem: true }],
    ['no columns', { accept_lineitem: false }, { acceptsLineItem: false }],
    ['no columns as text', { accept_lineitem: 'false' }, { acceptsLineItem: false }],
    ['columns or not, by null', { accept_lineitem: null }, { acceptsLineItem: null }],
    ['links among others', { accept_types: ['html', 7, 'ltiResourceLink'] }, { acceptsResourceLinks: true }],
    ['no links', { accept_types: ['link', 'ltiresourcelink'] }, { acceptsResourceLinks: false }],
    ['no types at all', { accept_types: undefined }, { acceptsResourceLinks: false }],
    ['unknown targets', { accept_presentation_document_targets: ['frame', 'hologram'] }, { acceptsMultiple: true }],
    ['no targets', { accept_presentation_document_targets: undefined }, { acceptsMultiple: true }],
    ['texts', { title: ' Quiz ', text: 'for week 3' }, { title: 'Quiz', text: 'for week 3' }],
    ['texts that are none', { title: {}, text: 7 }, { title: null, text: null }],
  ];

  test.each(shapes)('%s (lti.md 43, 72, 74)', async (_, changed, expected) => {
    expect((await launchOf(withSettings(changed))).deepLinking).toMatchObject(expected);
  });

  test.each(['', ' spaced\r\n ', '{"a":"ʻ🎓"}', '<script>', 'x'.repeat(20_000)])(
    'data is kept to the letter (lti.md 77)',
    async (data) => {
      expect((await launchOf(withSettings({ data }))).deepLinking?.data).toBe(data);
    },
  );

  test('data that is absent or null is nothing to give back (lti.md 77)', async () => {
    expect((await launchOf(withSettings({ data: undefined }))).deepLinking?.data).toBeNull();
    expect((await launchOf(withSettings({ data: null }))).deepLinking?.data).toBeNull();
  });

  test('is said by no other message, whatever it claims (lti.md 72)', async () => {
    const launch = await launchOf(withClaims({ [settings]: choice[settings] }));
    expect(launch.deepLinking).toBeNull();
  });
});

describe('settings that are of no use are refused', () => {
  const missing = 'deep-linking-settings-missing';
  const malformed = 'claims-malformed';
  const returnTo = (url: unknown) => withSettings({ deep_link_return_url: url });

  const useless: [what: string, token: () => Promise<string>, code: string][] = [
    ['no settings', () => platform.sign({ ...choice, [settings]: undefined }), missing],
    ['settings that are null', () => platform.sign({ ...choice, [settings]: null }), missing],
    ['settings that are a list', () => platform.sign({ ...choice, [settings]: [] }), malformed],
    ['no return address', () => returnTo(undefined), missing],
    ['an empty return address', () => returnTo(''), missing],
    ['a return address that is a number', () => returnTo(7), malformed],
    ['a return address that is a script', () => returnTo('javascript:alert(1)'), missing],
    ['a relative return address', () => returnTo('/back'), missing],
    ['a return address without TLS', () => returnTo('http://moodle.example/back'), missing],
    ['a return address on this machine', () => returnTo('http://127.0.0.1/back'), missing],
    ['a return address with a user name', () => returnTo('https://moodle.example@evil.example/'), missing],
    ['data that is no text', () => withSettings({ data: { a: 1 } }), malformed],
    ['data that cannot be kept', () => withSettings({ data: 'a\0b' }), malformed],
  ];

  test.each(useless)('%s (lti.md 72, 76; 1.12, own 18)', async (_, token, code) => {
    expect(await verify(await token())).toMatchObject({ ok: false, code });
    expect(await verify(await platform.sign(choice))).toMatchObject({ ok: true });
  });

  test('a return address without TLS serves a machine under development (lti.md 10, 76)', async () => {
    const url = 'http://localhost:3001/back';
    const target = { [lti('target_link_uri')]: 'http://localhost:3000/' };
    const token = await withSettings({ deep_link_return_url: url }, target);
    const verified = await verify(token, { toolOrigin: 'http://localhost:3000' });
    expect(verified).toMatchObject({ ok: true, launch: { deepLinking: { returnUrl: url } } });
  });
});

test('a choice needs no roles, no target and no gradebook, and gives nobody rights (lti.md 39, 41, 73)', async () => {
  const names = Object.keys(choice).filter((name) => !/\/(roles|target_link_uri)$/.test(name) && name !== agsClaim);
  const launch = await launchOf(platform.sign(Object.fromEntries(names.map((name) => [name, choice[name]]))));
  expect(launch).toMatchObject({ messageType: 'deep-linking', role: 'guest', targetLinkUri: null, gradebook: null });
});

test('the times of a choice are checked like those of any launch (lti.md 33)', async () => {
  const expired = { ...choice, exp: now.getTime() / 1000 - 61 };
  expect(await verify(await platform.sign(expired))).toMatchObject({ ok: false, code: 'token-expired' });
  expect(await verify(await platform.sign(good))).toMatchObject({ ok: true });
});
