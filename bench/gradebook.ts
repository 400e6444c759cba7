// What an LMS does for a tool with grades: it gives a token to whoever asks, keeps each score that is posted, and shows it. One column.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { z } from 'zod';
import { gradeScopes } from '../src/practice/scopes.ts';

const posted = z.object({ userId: z.string(), scoreGiven: z.number(), scoreMaximum: z.number() });

export interface Gradebook {
  answer(req: IncomingMessage, res: ServerResponse): Promise<void>;
  /** By the learner's `sub`, as a share of what there is to be had: 0 to 1. */
  grades: ReadonlyMap<string, number>;
}

export function createGradebook(): Gradebook {
  const grades = new Map<string, number>();
  const say = (res: ServerResponse, body: unknown) =>
    void res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  return {
    grades,
    answer: async (req, res) => {
      const { pathname, searchParams } = new URL(req.url ?? '', 'http://lms');
      if (pathname === '/token') {
        say(res, { access_token: 'token', token_type: 'Bearer', expires_in: 3600, scope: gradeScopes.join(' ') });
      } else if (pathname.endsWith('/results')) {
        const asked = searchParams.get('user_id');
        const shown = [...grades].filter(([userId]) => asked === null || userId === asked);
        say(
          res,
          shown.map(([userId, share]) => ({ id: `#${userId}`, userId, resultScore: share * 100, resultMaximum: 100 })),
        );
      } else if (pathname.endsWith('/scores')) {
        const { userId, scoreGiven, scoreMaximum } = posted.parse(await json(req));
        grades.set(userId, scoreGiven / scoreMaximum);
        say(res, {});
      } else {
        res.writeHead(404).end();
      }
    },
  };
}
