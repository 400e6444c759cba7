// The administrator finds a person, gives them all that is kept of them, or erases it.
import { Router, type Request } from 'express';
import { z } from 'zod';
import type { Database } from '../database/database.ts';
import { storable } from '../lti/storable-text.ts';
import { getRegistration } from '../platforms/platform.store.ts';
import { notFound } from '../web/errors.ts';
import { keyParam } from '../web/key-param.ts';
import { erasePerson } from './erase-person.ts';
import { archivePerson } from './gather-person.ts';
import { findPerson, searchPeople, type FoundPerson } from './person.store.ts';

/** So many are shown at most: who finds more writes more of the name. */
const mostFound = 50;

const typedText = z
  .string()
  .transform((text) => storable(text).trim().replace(/\s+/g, ' ').slice(0, 255))
  .catch('');

/** Under `/admin`, behind its door: to be handed to `adminRoutes`, which says who asks and checks every form. */
export function peopleRoutes(tools: { db: Database; now: () => Date }): Router {
  const { db } = tools;
  const router = Router();

  router.get('/admin/registrations/:registrationId/people', async (req, res) => {
    const registration = await getRegistration(db, keyParam(req, 'registrationId'));
    if (!registration) throw notFound();
    const wanted = typedText.parse(req.query.wanted);
    const { id: registrationId } = registration;
    const found = wanted === '' ? [] : await searchPeople(db, { registrationId, wanted, limit: mostFound + 1 });
    const isMore = found.length > mostFound;
    res.render('privacy/people', { registration, wanted, found: found.slice(0, mostFound), isMore, mostFound });
  });

  router.get('/admin/people/:personId', async (req, res) => {
    res.render('privacy/person', { person: await requirePerson(req) });
  });

  router.get('/admin/people/:personId/export', async (req, res) => {
    const { personId } = await requirePerson(req);
    const archive = await archivePerson(db, personId);
    if (!archive) throw notFound();
    res.attachment(`person-${personId}.zip`).type('application/zip').send(Buffer.from(archive));
  });

  router.get('/admin/people/:personId/erasure', async (req, res) => {
    const person = await requirePerson(req);
    if (person.erasedAt) res.redirect(303, `/admin/people/${person.personId}`);
    else res.render('privacy/erasure', { person, asked: askedFor(person), isWrong: false });
  });

  router.post('/admin/people/:personId/erasure', async (req, res) => {
    const person = await requirePerson(req);
    const { typed } = z.object({ typed: typedText }).parse(req.body ?? {});
    if (!person.erasedAt) {
      const asked = askedFor(person);
      if (typed !== asked) {
        res.status(422).render('privacy/erasure', { person, asked, isWrong: true });
        return;
      }
      await erasePerson(tools, person.personId);
    }
    res.redirect(303, `/admin/people/${person.personId}`);
  });

  async function requirePerson(req: Request): Promise<FoundPerson> {
    const person = await findPerson(db, keyParam(req, 'personId'));
    if (!person) throw notFound();
    return person;
  }

  return router;
}

/** What is to be typed before somebody is erased: their name, or else what the LMS calls them, or else our number. */
function askedFor({ name, subject, personId }: FoundPerson): string {
  return typedText.parse(name ?? subject ?? '') || String(personId);
}
