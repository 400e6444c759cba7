// A student's own transcript, over all courses in which they have credits: on a page that prints, and for programs.
import { Router } from 'express';
import type { Database } from '../../database/database.ts';
import { requireSession } from '../../web/session.ts';
import { listOwnAwards } from '../credentials/own-awards.ts';
import { transcript, transcriptJson } from './transcript.ts';

export function transcriptRoutes({ db, now }: { db: Database; now: () => Date }): Router {
  const router = Router();

  router.get('/transcript', async (_req, res) => {
    const { personId, personName } = requireSession(res);
    const of = transcript(await listOwnAwards(db, personId, now()));
    res.render('credits/transcript/show', { of, personName, printedAt: now() });
  });

  router.get('/transcript.json', async (_req, res) => {
    const { personId, personName } = requireSession(res);
    const of = transcript(await listOwnAwards(db, personId, now()));
    res
      .attachment('transcript.json')
      .set('Cache-Control', 'no-store')
      .json(transcriptJson(of, { name: personName }));
  });

  return router;
}
