// What a student takes along: a transcript of what stands, and a credential that anybody can check against what we publish.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { decodeProtectedHeader, importJWK, jwtVerify, type JWK } from 'jose';
import { sample } from '../../../src/practice/sample-courses.ts';
import { ask } from '../../support/ask.ts';
import { startMustaqil, type TestMustaqil } from '../../support/mustaqil.ts';
import { openQuiz } from '../../support/people.ts';
import { openCreditCourse, passed } from './credit-course.ts';

let mustaqil: TestMustaqil;
let course: Awaited<ReturnType<typeof openCreditCourse>>;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  course = await openCreditCourse(mustaqil);
  await course.mark(sample.aziz, passed);
  await course.mark(sample.aigul, passed);
  await course.confirm(sample.aziz);
});
afterAll(() => mustaqil.stop());

const json = async (address: string): Promise<Record<string, unknown>> => {
  const response = await fetch(address);
  return (await response.json()) as Record<string, unknown>;
};

/** Checks a credential as a stranger does, with nothing but what is published. */
async function verify(token: string) {
  const { kid = '', alg } = decodeProtectedHeader(token);
  const jwk = (await json(kid)) as JWK;
  const { keys } = (await json(`${mustaqil.url}/lti/jwks`)) as { keys: JWK[] };
  expect(keys).toContainEqual(jwk);
  const issuer = await json(`${mustaqil.url}/credentials/issuer`);
  const { payload } = await jwtVerify(token, await importJWK(jwk, alg), { issuer: String(issuer.id) });
  const { revokedCredentials } = (await json(`${mustaqil.url}/credentials/revoked`)) as {
    revokedCredentials: { id: string }[];
  };
  return { payload, isRevoked: revokedCredentials.some(({ id }) => id === payload.jti) };
}

test('A confirmed award is a credential that verifies with the published key, names nobody, and is revoked when it is taken back', async () => {
  const aziz = await openQuiz(mustaqil);
  await aziz.open('/transcript');
  expect(aziz.page.$('main').text()).toContain('Not an official document.');
  expect(aziz.page.$('#total strong').text()).toBe('6');
  await aziz.click('.credential-link');
  const address = aziz.page.url;
  const shown = aziz.page.$('#token').text();
  await aziz.click('main a[download]');
  const token = aziz.page.html;
  expect(token).toBe(shown);

  const { payload, isRevoked } = await verify(token);
  expect(isRevoked).toBe(false);
  expect(payload).toMatchObject({
    '@context': [
      'https://www.w3.org/ns/credentials/v2',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      expect.any(String),
    ],
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    id: address,
    jti: address,
    name: 'Umumiy fizika',
    issuer: { id: payload.iss, type: ['Profile'], name: expect.any(String) },
    validFrom: new Date((payload.nbf ?? 0) * 1000).toISOString().replace('.000Z', 'Z'),
    credentialSubject: {
      id: payload.sub,
      type: ['AchievementSubject'],
      creditsEarned: 6,
      achievement: {
        type: ['Achievement'],
        name: 'Umumiy fizika',
        description: expect.any(String),
        criteria: { narrative: expect.any(String) },
        creditsAvailable: 6,
        humanCode: 'PHY-101',
      },
      result: [{ type: ['Result'], value: '95' }],
    },
    evidence: [{ id: expect.stringMatching(/^ni:\/\/\/sha-256;[\w-]{43}$/) }],
    credentialStatus: { id: `${mustaqil.url}/credentials/revoked`, type: '1EdTechRevocationList' },
  });
  const { identifier } = payload.credentialSubject as { identifier: { identityHash: string; salt: string }[] };
  const hash = createHash('sha256').update(`391261100001${identifier[0]?.salt}`).digest('hex');
  expect(identifier).toMatchObject([{ type: 'IdentityObject', hashed: true, identityHash: `sha256$${hash}` }]);
  expect(JSON.stringify(payload)).not.toMatch(/Aziz|Rahimov|391261100001/);

  const [header, body = '', signature] = token.split('.');
  const forged = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
  const other = Buffer.from(JSON.stringify({ ...forged, name: 'Another course' })).toString('base64url');
  await expect(verify([header, other, signature].join('.'))).rejects.toThrow('signature');

  const aigul = await openQuiz(mustaqil, { student: sample.aigul });
  expect((await ask(address, { as: aigul })).status).toBe(404);
  expect((await ask(`${address}?format=jwt`, { as: aigul })).status).toBe(404);
  expect((await ask(address)).status).toBe(401);

  await course.takeBack(sample.aziz);
  expect(await verify(token)).toMatchObject({ isRevoked: true });
  expect((await ask(address, { as: aziz })).status).toBe(404);
  await aziz.open('/transcript');
  expect(aziz.page.$('main').text()).toContain('No credits are confirmed yet.');
});

test('A transcript says the same to programs, of its own student alone', async () => {
  await course.confirm(sample.aigul);
  const aigul = await openQuiz(mustaqil, { student: sample.aigul });
  await aigul.open('/transcript.json');
  const entry = {
    ...{
      code: 'PHY-101',
      title: 'Umumiy fizika',
      courseTitle: 'Umumiy fizika',
      educationYear: '2026/2027',
      semester: 1,
    },
    ...{ localGrade: '5', points: { earned: 95, maximum: 100 }, credits: 6, isRecognised: false },
  };
  expect(JSON.parse(aigul.page.html)).toMatchObject({
    ...{ isOfficial: false, student: { name: 'Aigul Toktogulova' }, credits: 6, entries: [entry] },
    scales: [{ bands: [{ grade: '5', fromPercent: '90' }, {}, {}, {}] }],
  });
  const ivan = await openQuiz(mustaqil, { student: sample.ivan });
  await ivan.open('/transcript.json');
  expect(JSON.parse(ivan.page.html)).toMatchObject({ credits: 0, entries: [] });
  expect((await ask(`${mustaqil.url}/transcript.json`)).status).toBe(401);
});

test('Only keys that are published have an address', async () => {
  expect((await ask(`${mustaqil.url}/credentials/keys/unheard-of`)).status).toBe(404);
});
