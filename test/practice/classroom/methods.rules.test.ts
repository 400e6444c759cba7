// The practice API has no verb, path or scope that Google's own client does not have: a wrong one shows without internet.
import { expect, test } from '@jest/globals';
import { methods, type Method } from '../../../src/practice/classroom/methods.ts';
import { scopesOfMethods, templates, templatesOf } from './google-client.ts';

const inPreview = 'userProfiles.checkUserCapability';
const ours: [name: string, method: Method][] = Object.entries(methods).filter(([name]) => name !== inPreview);

test('the client is read whole: 104 methods, each with a verb and a path', () => {
  expect(templates).toHaveLength(104);
  expect(templates.filter((template) => !/^(GET|POST|PATCH|PUT|DELETE) \/v1\/\w/.test(template))).toEqual([]);
  expect(templatesOf('GET', '/v1/courses/1/getAddOnContext')).toEqual([]);
  expect(templatesOf('POST', '/v1/courses/1/courseWork/2/studentSubmissions/3:turnIn')).toHaveLength(1);
});

test.each(ours)(
  '%s has the verb, the path and the scopes that Google’s client has for it',
  (name, { verb, path, scopes }) => {
    expect(templates).toContain(`${verb.toUpperCase()} ${path}`);
    expect([...scopes].sort()).toEqual(scopesOfMethods[name]);
  },
);
