// A learner says what they think of an attempt that they have handed in.
import { Router } from 'express';
import type { Database } from '../../database/database.ts';
import { notFound } from '../../web/errors.ts';
import { formFields } from '../../web/forms.ts';
import { keyParam } from '../../web/key-param.ts';
import { requireSession } from '../../web/session.ts';
import { findHandedIn } from './handed-in.ts';
import { mostReflection, readReflection } from './reflection.ts';
import { saveReflection } from './reflection.store.ts';

export function reflectionRoutes(tools: { db: Database; now: () => Date }): Router {
  const { db, now } = tools;
  const router = Router();

  router.post('/attempts/:attemptId/reflection', async (req, res) => {
    const { personId } = requireSession(res);
    const handedIn = await findHandedIn(tools, { attemptId: keyParam(req, 'attemptId'), personId });
    if (!handedIn) throw notFound();
    const attemptId = handedIn.attempt.id;
    const form = formFields(req);
    const read = readReflection(form.get('reflection') ?? [], form.has('share'));
    if (read.ok) {
      await saveReflection(db, attemptId, read.reflection, now());
      res.redirect(303, `/attempts/${attemptId}#reflection`);
    } else {
      const again = { attemptId, reflection: read.typed, most: mostReflection };
      res.status(422).render('attempts/self/reflection', again);
    }
  });

  return router;
}
