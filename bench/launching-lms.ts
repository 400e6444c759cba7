// The LMS of the benches of launches: it announces students and signs for them what a Moodle 5.1 says, counts who fetches its keys, and
// keeps a gradebook.
import { createPrivateKey, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { currentKey, newKey, publicKeySet } from '../src/practice/keys.ts';
import { gradeScopes } from '../src/practice/scopes.ts';
import { createGradebook } from './gradebook.ts';

/** A student who opens the one activity of a course. */
export interface Student {
  subject: string;
  name: string;
  courseId: string;
}

export interface LaunchingLms {
  issuer: string;
  clientId: string;
  /** Where a tool is told that the keys are; each has an address of its own, so that its fetches are counted apart. */
  jwksUrl(tool: string): string;
  /** How often a tool has fetched the keys so far. */
  fetches(tool: string): number;
  /** The form that announces a launch. @param target where the launch leads, at the tool */
  login(student: Student, target: string): URLSearchParams;
  idToken(student: Student, login: { nonce: string; target: string }): string;
  /** What stands in the gradebook, by the subject of the student. */
  grades: ReadonlyMap<string, number>;
  stop(): Promise<void>;
}

const clientId = 'BBfhQjzyEZtqEuR';
export const deploymentId = '1';

export async function startLaunchingLms(): Promise<LaunchingLms> {
  const key = currentKey([newKey()]);
  const privateKey = createPrivateKey(key.privatePem);
  const keySet = JSON.stringify(publicKeySet([key]));
  const fetched = new Map<string, number>();
  const gradebook = createGradebook();
  const server = createServer((req, res) => {
    const path = req.url ?? '';
    if (!path.startsWith('/jwks/')) return void gradebook.answer(req, res);
    fetched.set(path, (fetched.get(path) ?? 0) + 1);
    res.writeHead(200, { 'content-type': 'application/json' }).end(keySet);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const header = encoded({ typ: 'JWT', alg: 'RS256', kid: key.kid });
  return {
    issuer,
    clientId,
    jwksUrl: (tool) => `${issuer}/jwks/${tool}`,
    fetches: (tool) => fetched.get(`/jwks/${tool}`) ?? 0,
    login: ({ subject }, target) =>
      new URLSearchParams({
        ...{ iss: issuer, target_link_uri: target, login_hint: subject, client_id: clientId },
        ...{ lti_message_hint: '{"cmid":2,"launchid":"ltilaunch1_531407225"}', lti_deployment_id: deploymentId },
      }),
    idToken: (student, login) => {
      const input = `${header}.${encoded(claimsOf(student, { ...login, issuer }))}`;
      return `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`;
    },
    grades: gradebook.grades,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const lti = (name: string) => `https://purl.imsglobal.org/spec/lti/claim/${name}`;

function claimsOf(
  { subject, name, courseId }: Student,
  { nonce, target, issuer }: { nonce: string; target: string; issuer: string },
): Record<string, unknown> {
  const issuedAt = Math.floor(Date.now() / 1000);
  const services = `${issuer}/mod/lti/services.php`;
  const roster = `${services}/CourseSection/${courseId}/bindings/1/memberships`;
  return {
    ...{ nonce, iat: issuedAt, exp: issuedAt + 60, iss: issuer, aud: clientId, sub: subject, name },
    ...{ given_name: 'Talaba', family_name: subject, email: `${subject}@example.com` },
    [lti('deployment_id')]: deploymentId,
    [lti('target_link_uri')]: target,
    [lti('lis')]: { person_sourcedid: subject, course_section_sourcedid: '' },
    [lti('roles')]: ['http://purl.imsglobal.org/vocab/lis/v2/membership#Learner'],
    [lti('context')]: { id: courseId, label: 'PHYS101', title: 'Umumiy fizika', type: ['CourseSection'] },
    [lti('message_type')]: 'LtiResourceLinkRequest',
    [lti('resource_link')]: { title: 'Newton qonunlari', description: '', id: `of-${courseId}` },
    [lti('ext')]: { user_username: subject, lms: 'moodle-2' },
    [lti('launch_presentation')]: {
      ...{ locale: 'uz', document_target: 'iframe' },
      return_url: `${issuer}/mod/lti/return.php?course=${courseId}`,
    },
    [lti('tool_platform')]: {
      ...{ product_family_code: 'moodle', version: '2025100600.02', name: 'lab', description: 'Lab' },
      guid: 'b051f7723a0410e4389b88b921954036',
    },
    [lti('version')]: '1.3.0',
    [lti('custom')]: { context_history: '', context_memberships_url: roster },
    'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint': {
      scope: gradeScopes,
      lineitems: `${services}/${courseId}/lineitems?type_id=1`,
      lineitem: `${services}/${courseId}/lineitems/1/lineitem?type_id=1`,
    },
    'https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice': {
      context_memberships_url: roster,
      service_versions: ['1.0', '2.0'],
    },
  };
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
