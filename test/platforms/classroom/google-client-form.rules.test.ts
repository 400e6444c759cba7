// What an administrator may type of a client of Google Cloud.
import { expect, test } from '@jest/globals';
import {
  googleClientProblems,
  typedGoogleClient,
  type GoogleFieldRules,
} from '../../../src/platforms/classroom/google-client-form.ts';

const clientId = '1234567890-abc123def456.apps.googleusercontent.com';
const good = { name: 'KSU', clientId, clientSecret: 'GOCSPX-abcdefgh' };
const isNew = { isGoogle: true, hasSecret: false };

test.each<[string, object, GoogleFieldRules, object]>([
  ['all of it', good, isNew, {}],
  ['spaces around', { ...good, clientId: ` ${clientId}\n` }, isNew, {}],
  ['nothing', {}, isNew, { name: 'missing', clientId: 'missing', clientSecret: 'missing' }],
  ['no form at all', [], isNew, { name: 'missing', clientId: 'missing', clientSecret: 'missing' }],
  ['a secret that stays', { ...good, clientSecret: '' }, { ...isNew, hasSecret: true }, {}],
  [
    'an id without its end',
    { ...good, clientId: '1234567890-abc' },
    isNew,
    { clientId: 'not-a-client-id', clientSecret: 'type-again' },
  ],
  [
    'an address for an id',
    { ...good, clientId: `https://${clientId}` },
    isNew,
    { clientId: 'not-a-client-id', clientSecret: 'type-again' },
  ],
  ['any id for a practice Google', { ...good, clientId: 'mustaqil' }, { ...isNew, isGoogle: false }, {}],
  ['a secret with a space', { ...good, clientSecret: 'GOCSPX abcdefgh' }, isNew, { clientSecret: 'not-a-secret' }],
  [
    'an address of a million letters',
    { ...good, name: 'x'.repeat(256) },
    isNew,
    { name: 'too-long', clientSecret: 'type-again' },
  ],
])('%s', (_, body, rules, problems) => {
  expect(googleClientProblems(typedGoogleClient(body), rules)).toEqual(problems);
});
