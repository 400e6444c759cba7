// The practice LMS of the run, with a gate before its gradebook: every score that arrives is noted, and answers can be lost.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type RequestHandler } from 'express';
import { createPracticeLms, type PracticeLms } from '../../src/practice/practice-lms.ts';
import { noFaults } from '../../src/practice/state.ts';
import { memoryStore } from '../../src/practice/store.ts';
import { readPost, type Post } from './posts.ts';

/** A post and how it was answered; a status that was lost on its way stands here, too. Null: the connection was cut. */
export type AnsweredPost = Post & { status: number | null };

export interface FaultyLms {
  lms: PracticeLms;
  /** All that arrived, the first first. */
  posts: readonly AnsweredPost[];
  /** While true, scores are taken and the connection is cut in the place of an answer. */
  losesAnswers: boolean;
  /** While true, the next student whose score arrives is refused, and stays so until the faults end. */
  refusesNext: boolean;
  stop(): Promise<void>;
}

/** As it should be. */
export function endFaults(faulty: FaultyLms): void {
  Object.assign(faulty.lms.faults, noFaults);
  Object.assign(faulty, { losesAnswers: false, refusesNext: false });
}

/** @param toolUrl where browsers and the LMS reach the tool */
export async function startLms(toolUrl: string): Promise<FaultyLms> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { app, lms } = createPracticeLms({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tool: { loginUrl: `${toolUrl}/lti/login`, launchUrl: `${toolUrl}/lti/launch`, jwksUrl: `${toolUrl}/lti/jwks` },
    store: memoryStore(),
    now: () => new Date(),
    fetch,
  });
  const posts: AnsweredPost[] = [];
  const faulty: FaultyLms = {
    lms,
    posts,
    losesAnswers: false,
    refusesNext: false,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  const note: RequestHandler = (req, res, next) => {
    const { body } = req as { body: unknown };
    if (typeof body !== 'string' || body === '') return next();
    const post: AnsweredPost = { ...readPost(body), arrivedAt: Date.now(), endedAt: Infinity, status: null };
    posts.push(post);
    if (faulty.refusesNext) lms.faults.refusedPersonId ??= post.personId;
    res.on('close', () => {
      post.endedAt = Date.now();
    });
    const end = res.end.bind(res);
    res.end = (...last: unknown[]) => {
      post.status = res.statusCode;
      if (faulty.losesAnswers) req.socket.destroy();
      else Reflect.apply(end, res, last);
      return res;
    };
    next();
  };
  const gated = express();
  gated.post(/\/lineitem\/scores$/, express.text({ type: () => true }), note);
  gated.use(app);
  server.on('request', (req, res) => void gated(req, res));
  return faulty;
}
