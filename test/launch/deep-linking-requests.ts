// A teacher at the chooser, and the signed answer that leaves it, for tests.
import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { expect } from '@jest/globals';
import jwt, { type JwtHeader, type JwtPayload } from 'jsonwebtoken';
import { and, eq } from 'drizzle-orm';
import { courses, people } from '../../src/database/tables/courses.ts';
import { quizzes } from '../../src/database/tables/quizzes.ts';
import { insertContentRequest } from '../../src/launch/content-request.store.ts';
import type { DeepLinkingSettings } from '../../src/lti/deep-linking.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import type { TestMustaqil } from '../support/mustaqil.ts';
import { openAsTeacher } from '../support/people.ts';

/** The full name of a claim of deep linking. */
export const dl = (name: string) => `https://purl.imsglobal.org/spec/lti-dl/claim/${name}`;

/** Of another host of the LMS than the one people sign in at; with a session key, as LMSs put one there. */
export const returnUrl = 'https://return.lms.example/contentitem_return.php?course=2&sesskey=Xy7';

const settings: DeepLinkingSettings = {
  returnUrl,
  acceptsResourceLinks: true,
  acceptsMultiple: true,
  acceptsLineItem: null,
  title: null,
  text: null,
  data: null,
};

/** Has the LMS ask a teacher who has been in the course what to put there. Returns the path of the chooser. */
export async function newRequest(
  { db, clock }: TestMustaqil,
  {
    teacher = sample.dilnoza,
    course = sample.physics.course,
    ...asked
  }: Partial<DeepLinkingSettings> & { teacher?: string; course?: string } = {},
): Promise<string> {
  const [known] = await db
    .select({ personId: people.id, courseId: courses.id })
    .from(people)
    .innerJoin(courses, eq(courses.deploymentId, people.deploymentId))
    .where(and(eq(people.subject, teacher), eq(courses.contextId, course)));
  if (!known) throw new Error('They have not been there yet');
  const request = { ...known, settings: { ...settings, ...asked } };
  const id = await db.transaction((tx) => insertContentRequest(tx, request, clock.now()));
  return `/content-requests/${id}`;
}

/** A teacher, signed in, at the chooser of a request of their own. */
export async function openChooser(
  mustaqil: TestMustaqil,
  request: Parameters<typeof newRequest>[1] = {},
): Promise<Robot> {
  const robot = await openAsTeacher(mustaqil, { ...(request.teacher && { teacher: request.teacher }) });
  return robot.open(await newRequest(mustaqil, request)).then(() => robot);
}

/** What an LMS calls the quiz of that title. */
export async function contentIdOf({ db }: TestMustaqil, title: string): Promise<string> {
  const [quiz] = await db.select({ contentId: quizzes.contentId }).from(quizzes).where(eq(quizzes.title, title));
  if (!quiz) throw new Error(`No quiz is called ${title}`);
  return quiz.contentId;
}

/** The answer on the page that is about to carry it to the LMS, its signature checked with the keys we publish. */
export async function answerOn(
  { page }: Robot,
  { url }: TestMustaqil,
): Promise<{ action: string; header: JwtHeader; claims: JwtPayload; items: Record<string, unknown>[] }> {
  const form = page.$('form[data-auto-submit]');
  expect(form).toHaveLength(1);
  const token = String(form.find('input[name=JWT]').val());
  const { header } = jwt.decode(token, { complete: true }) ?? {};
  const { keys } = (await (await fetch(`${url}/lti/jwks`)).json()) as { keys: (JsonWebKey & { kid: string })[] };
  const key = keys.find(({ kid }) => kid === header?.kid);
  if (!header || !key) throw new Error('The answer is signed with a key that we do not publish');
  const publicKey = createPublicKey({ key, format: 'jwk' });
  const claims = jwt.verify(token, publicKey, { algorithms: ['RS256'], ignoreExpiration: true }) as JwtPayload;
  return { action: form.attr('action') ?? '', header, claims, items: claims[dl('content_items')] as never };
}
