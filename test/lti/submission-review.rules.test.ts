// From a cell of the gradebook to one student's work: whose, and which column.
import { describe, expect, test } from '@jest/globals';
import { agsClaim, lti } from './fake-platform.ts';
import { good, launchOf, platform, review, verify, withClaims } from './launch-bench.ts';

const lineItemUrl = 'https://moodle.example/mod/lti/services.php/2/lineitems/2/lineitem?type_id=1';

const withReview = (changed: Record<string, unknown>): Promise<string> => platform.sign({ ...review, ...changed });

test("Dilnoza opens Aziz's work from the gradebook (lti.md 126)", async () => {
  const launch = await launchOf(platform.sign(review));
  expect(launch).toMatchObject({ messageType: 'submission-review', role: 'instructor', person: { subject: '3' } });
  expect(launch.review).toEqual({ subject: '4', lineItemUrl });
});

test('the column alone says what is reviewed, and so does the link alone (lti.md 126)', async () => {
  const byColumn = await launchOf(withReview({ [lti('resource_link')]: undefined, [lti('roles')]: undefined }));
  expect(byColumn).toMatchObject({ resourceLink: null, role: 'guest', review: { subject: '4', lineItemUrl } });
  const byLink = await launchOf(withReview({ [agsClaim]: undefined }));
  expect(byLink).toMatchObject({ resourceLink: { id: '1' }, review: { subject: '4', lineItemUrl: null } });
});

test('what else is said of the student does not matter (lti.md 43, 126)', async () => {
  const forUser = { user_id: 'ʻ4', person_sourcedid: 7, name: ['x'], roles: [`Instructor`] };
  const launch = await launchOf(withReview({ [lti('for_user')]: forUser }));
  expect(launch).toMatchObject({ person: { subject: '3' }, review: { subject: 'ʻ4' } });
});

test("Mallory, who asks for Aziz's work, is still Mallory and a learner (lti.md 127; 1.12, own 19)", async () => {
  const roles = ['http://purl.imsglobal.org/vocab/lis/v2/membership#Learner'];
  const launch = await launchOf(withReview({ sub: 'mallory', [lti('roles')]: roles }));
  expect(launch).toMatchObject({ role: 'learner', person: { subject: 'mallory' }, review: { subject: '4' } });
});

test('no other message asks for a review, whatever it claims (lti.md 126)', async () => {
  expect((await launchOf(withClaims({ [lti('for_user')]: { user_id: '5' } }))).review).toBeNull();
});

describe('a review of nobody or of nothing is refused', () => {
  const nothing = 'reviewed-item-missing';
  const useless: [what: string, changed: Record<string, unknown>, code: string][] = [
    ['no student', { [lti('for_user')]: undefined }, 'for-user-missing'],
    ['a student that is null', { [lti('for_user')]: null }, 'for-user-missing'],
    ['a student without id', { [lti('for_user')]: {} }, 'for-user-missing'],
    ['an empty id', { [lti('for_user')]: { user_id: '' } }, 'for-user-missing'],
    ['a number as id', { [lti('for_user')]: { user_id: 4 } }, 'claims-malformed'],
    ['an id of 256 characters', { [lti('for_user')]: { user_id: 'x'.repeat(256) } }, 'claims-malformed'],
    ['a student that is text', { [lti('for_user')]: '4' }, 'claims-malformed'],
    ['neither column nor link', { [agsClaim]: undefined, [lti('resource_link')]: undefined }, nothing],
    [
      'a column that may not be called, and no link',
      { [agsClaim]: { scope: [], lineitem: 'http://lms.example/1' }, [lti('resource_link')]: null },
      nothing,
    ],
  ];

  test.each(useless)('%s (lti.md 126)', async (_, changed, code) => {
    expect(await verify(await withReview(changed))).toMatchObject({ ok: false, code });
    expect(await verify(await platform.sign(good))).toMatchObject({ ok: true });
  });
});
