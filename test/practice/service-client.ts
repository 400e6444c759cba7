// Speaks to the services of a practice LMS as a tool would, and shows all of an answer.
import { sample } from '../../src/practice/sample-courses.ts';
import type { Grade } from '../../src/practice/state.ts';
import { accessToken, type Practice } from './support.ts';

export const mediaTypes = {
  item: 'application/vnd.ims.lis.v2.lineitem+json',
  items: 'application/vnd.ims.lis.v2.lineitemcontainer+json',
  score: 'application/vnd.ims.lis.v1.score+json',
  results: 'application/vnd.ims.lis.v2.resultcontainer+json',
  members: 'application/vnd.ims.lti-nrps.v2.membershipcontainer+json',
};

export interface Answer {
  status: number;
  type: string | null;
  body: unknown;
  link: string | null;
}

export interface ServiceClient {
  /** The bearer token; assign to use another one. */
  token: string;
  /** `path` is the part behind services.php. */
  get: (path: string, accept: string) => Promise<Answer>;
  post: (path: string, contentType: string, body: unknown) => Promise<Answer>;
  put: (path: string, contentType: string, body: unknown) => Promise<Answer>;
  delete: (path: string) => Promise<Answer>;
  /** Posts 80 of 100 for Aziz, each a second later than the one before, with `changes` over it. */
  sendScore: (changes?: object) => Promise<Answer>;
}

/** The column of the first activity of the physics course. */
export const scoresPath = '/2/lineitems/2/lineitem/scores?type_id=1';

/** A client with a token for every scope. */
export async function serviceClient(practice: Practice): Promise<ServiceClient> {
  let second = 0;
  const client: ServiceClient = {
    token: await accessToken(practice),
    get: (path, accept) => ask(path, { headers: { accept } }),
    post: (path, contentType, body) =>
      ask(path, { method: 'POST', headers: { 'content-type': contentType }, body: JSON.stringify(body) }),
    put: (path, contentType, body) =>
      ask(path, { method: 'PUT', headers: { 'content-type': contentType }, body: JSON.stringify(body) }),
    delete: (path) => ask(path, { method: 'DELETE', headers: {} }),
    sendScore: (changes = {}) => {
      second += 1;
      return client.post(scoresPath, mediaTypes.score, { ...scoreOfAziz(second), ...changes });
    },
  };
  return client;

  async function ask(path: string, init: RequestInit & { headers: Record<string, string> }): Promise<Answer> {
    const headers = { authorization: `Bearer ${client.token}`, ...init.headers };
    const response = await fetch(`${practice.url}/mod/lti/services.php${path}`, { ...init, headers });
    const text = await response.text();
    const isHtml = response.headers.get('content-type')?.startsWith('text/html');
    const body: unknown = text === '' || isHtml ? text : JSON.parse(text);
    const { status } = response;
    return { status, type: response.headers.get('content-type'), body, link: response.headers.get('link') };
  }
}

/** A right score, `second` seconds after ten o'clock. */
export function scoreOfAziz(second: number): object {
  return {
    userId: sample.aziz,
    scoreGiven: 80,
    scoreMaximum: 100,
    activityProgress: 'Completed',
    gradingProgress: 'FullyGraded',
    timestamp: new Date(Date.UTC(2026, 10, 21, 10, 0, second)).toISOString(),
  };
}

/** What stands in the gradebook for the first activity. */
export function gradeIn(practice: Practice, personId: string): Grade | undefined {
  return practice.lms.gradeOf(sample.physics.mechanics, personId);
}
