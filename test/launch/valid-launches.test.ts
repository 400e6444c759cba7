// The launches that must work: those of the certification guide, those a Moodle 5.1 sent, and whatever else is allowed.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sample } from '../../src/practice/sample-courses.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { recordedClaims } from '../lti/fake-platform.ts';
import { autoSubmit, gradebookClaim, holdLaunch, lti, withClaims, type MakeToken } from '../support/launches.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { publish } from '../support/people.ts';
import { refusalOf } from '../support/refusals.ts';

let mustaqil: TestMustaqil;
let aziz: Robot;
let mechanics: string;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  mechanics = mustaqil.lms.activityUrl(sample.physics.mechanics);
  await publish(mustaqil);
  aziz = await mustaqil.browserOf(sample.aziz);
});
afterAll(() => mustaqil.stop());

/** Comes in with the LMS's token as `token` makes it; the page of the tool is open afterwards. */
async function launch(token: MakeToken, robot = aziz) {
  mustaqil.lms.nextToken = token;
  await holdLaunch(robot, mechanics);
  await robot.submit(autoSubmit);
  expect({ status: robot.page.status, refusal: refusalOf(robot.page) }).toEqual({ status: 200, refusal: undefined });
  return robot.page;
}

describe('the nine valid launches of the certification guide (§6.1.2, §6.1.3)', () => {
  const membership = 'http://purl.imsglobal.org/vocab/lis/v2/membership';
  const none = { name: undefined, given_name: undefined, family_name: undefined };
  const institution = 'http://purl.imsglobal.org/vocab/lis/v2/institution/person#Instructor';

  describe.each([
    ['Instructor', '/quiz'],
    ['Learner', '/attempts'],
  ])('%s', (role, side) => {
    const full = `${membership}#${role}`;
    const nameless = 'a person without a name';
    const rows: [what: string, changed: Record<string, unknown>, side: string, name: string][] = [
      ['full', {}, side, 'Aziz Rahimov'],
      ['several roles', { [lti('roles')]: [institution, full, `${membership}#Mentor`] }, side, 'Aziz Rahimov'],
      ['short role', { [lti('roles')]: [role] }, side, 'Aziz Rahimov'],
      ['unknown role', { [lti('roles')]: ['http://lms.example/roles#Unknown'] }, '/attempts', 'Aziz Rahimov'],
      ['no role', { [lti('roles')]: [] }, '/attempts', 'Aziz Rahimov'],
      ['e-mail only', none, side, nameless],
      ['names only', { email: undefined, name: undefined }, side, 'Aziz Rahimov'],
      ['no personal data', { ...none, email: undefined }, side, nameless],
      ['e-mail without context', { ...none, [lti('context')]: undefined }, `${side}`, nameless],
    ];

    test.each(rows)('%s', async (_, changed, expectedSide, name) => {
      const page = await launch(withClaims({ sub: `certified-${role}`, [lti('roles')]: [full], ...changed }));
      expect(new URL(page.url).pathname.replace(/\/edit$/, '')).toMatch(
        new RegExp(`^/placements/\\d+${expectedSide}$`),
      );
      expect(page.$('.you').text()).toBe(`You are ${name}`);
    });
  });
});

describe('what a Moodle 5.1 sent, word for word', () => {
  const recorded = (recording: Parameters<typeof recordedClaims>[0]): MakeToken => {
    return ({ header, claims, sign }) => {
      const { nonce, iat, exp, iss, aud, [lti('target_link_uri')]: target } = claims;
      return sign(header, {
        ...recordedClaims(recording),
        nonce,
        iat,
        exp,
        iss,
        aud,
        [lti('target_link_uri')]: target,
      });
    };
  };

  test('its student comes to the quiz, its teacher to the editor', async () => {
    const student = await launch(recorded('resource-link.student'));
    expect(student.url).toMatch(/\/attempts$/);
    expect(student.$('.you').text()).toBe('You are Aziz Rahimov');
    const teacher = await launch(recorded('resource-link.teacher'));
    expect(teacher.url).toMatch(/\/quiz$/);
    expect(teacher.$('.you').text()).toBe('You are Dilnoza Karimova');
  });

  test('its message that asks to choose content leads its teacher to the choice (lti.md 72)', async () => {
    const chooser = await launch(recorded('deep-linking.teacher'));
    expect(chooser.url).toMatch(/\/content-requests\/\d+$/);
    expect(chooser.$('.you').text()).toBe('You are Dilnoza Karimova');
  });
});

describe('names are shown as they are, and never as markup', () => {
  test.each([
    ['markup', '<script>alert(1)</script> & "Bobby" <b>Tables</b>'],
    ['Kyrgyz', 'Өмүрбек Төлөгөнович Жаңыбай-Үсөн уулу'],
    ['Uzbek', 'Gʻaybullayev Oʻtkir Maʼruf oʻgʻli'],
    ['Arabic and an emoji', 'عزيز 🎓 رحيموف'],
    ['300 characters', 'Ққ Ғғ Ҳҳ '.repeat(33).trim()],
    ['a template', '<%= 1 + 1 %> {{name}} ${7 * 7}'],
  ])('%s', async (_, name) => {
    const page = await launch(
      withClaims({ sub: 'much-named', name, [lti('resource_link')]: { id: '1', title: name } }),
    );
    expect(page.$('.you').text()).toBe(`You are ${name}`);
    expect(page.html).not.toContain('<script>alert');

    const dilnoza = await mustaqil.browserOf(sample.dilnoza);
    const course = { [lti('context')]: { id: '2', title: name, label: name } };
    const results = await launch(withClaims(course), dilnoza).then(() => dilnoza.click('a[href$="/results"]'));
    expect(results.$('tbody th').text()).toContain(name);
    const quiz = await dilnoza.open(results.url.replace('/results', '/quiz'));
    expect(quiz.$('.crumb').text()).toBe(name);
    const people = await dilnoza.click('.crumb a');
    expect(people.$('tbody th').text()).toContain(name);
    expect(`${results.html}${quiz.html}${people.html}`).not.toContain('<script>alert');
  });
});

test('the landing page can be loaded again: the form of the launch is behind it', async () => {
  const { url } = await launch(withClaims({}));
  await aziz.open(url);
  expect({ status: aziz.page.status, refusal: refusalOf(aziz.page) }).toEqual({ status: 200, refusal: undefined });
});

test.each([
  ['no gradebook claim', { [gradebookClaim]: undefined }],
  ['an empty gradebook claim', { [gradebookClaim]: {} }],
  ['a gradebook without our column', { [gradebookClaim]: { scope: [], lineitems: 'https://lms.example/items' } }],
  ['optional claims that are null', { [lti('context')]: null, [lti('custom')]: null, [lti('ext')]: null, name: null }],
  ['claims nobody knows', { 'https://lms.example/claim/new': { deep: [1] } }],
])('%s is no obstacle', async (_, changed) => {
  await launch(withClaims({ sub: 'somebody', ...changed }));
});
