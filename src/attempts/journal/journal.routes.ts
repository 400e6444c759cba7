// Where the page of an open attempt sends its journal. Its seal is the authority: nobody has to be signed in, so an expired session or
// another student at the same phone never stops what was answered; and nothing that was answered is ever told here.
import { Router } from 'express';
import { formats, type Formats } from '../../i18n/formats.ts';
import { browserCookie, parseCookie } from '../../web/cookies.ts';
import { notFound, PageError } from '../../web/errors.ts';
import { formFields, readForms } from '../../web/forms.ts';
import { keyParam } from '../../web/key-param.ts';
import { limitWrongTries } from '../../web/limit-tries.ts';
import type { GradingTools } from '../grading-tools.ts';
import { shownTimeLeft } from '../time-view.ts';
import type { JournalReply } from './entry.ts';
import { browserHash } from './form-sender.ts';
import { findJournaled, mayGoOn } from './journaled-attempt.store.ts';
import { journalKey } from './journal-key.ts';
import { openEntries } from './open-entries.ts';
import { takeEntries, type TakenEntries } from './take-entries.ts';

const mostEntries = 200;

/** From one address: after a change of the secret, a whole university may stand behind it with entries of before. */
const wrongSeals = 3000;

/** @param tools.journalSecret by which the keys of all journals are made (config.ts) */
export function journalRoutes(tools: GradingTools & { journalSecret: Uint8Array; timeZone: string }): Router {
  const { db, journalSecret, timeZone, onScoreWanted } = tools;
  const router = Router();

  router.post(
    '/attempts/:attemptId/journal',
    readForms,
    async (req, res, next) => {
      const attempt = await findJournaled(db, keyParam(req, 'attemptId'));
      const sealed = formFields(req).get('sealed') ?? [];
      if (sealed.length > mostEntries) throw new PageError(413, 'too-large', 'too-large');
      const { entries, unopened } = attempt
        ? await openEntries(journalKey(journalSecret, attempt), sealed)
        : { entries: [], unopened: [] };
      if (!attempt || entries.length === 0) {
        next();
        return;
      }
      if (!(await mayGoOn(db, attempt))) throw notFound();
      const { id: attemptId, personId, language } = attempt;
      const browser = browserHash(parseCookie(req, browserCookie));
      const taken = await takeEntries(tools, { attemptId, personId, entries, browser, broughtBy: null });
      if (taken.isHandedIn) onScoreWanted();
      res.json(replyOf(taken, { unopened, now: tools.now(), formats: formats(language, timeZone) }));
    },
    // Only what opened under no key comes this far: however much of it one phone sends, its neighbours save.
    limitWrongTries(tools, wrongSeals, 'too-many-seals'),
    () => {
      // Alike where there is no such attempt: nobody learns which there are.
      throw new PageError(422, 'seal-unknown', 'seal-unknown');
    },
  );

  return router;
}

function replyOf(
  { left, state, current, own, taken, late, missing }: TakenEntries,
  { unopened, now, formats: words }: { unopened: number[]; now: Date; formats: Formats },
): JournalReply {
  const shown = shownTimeLeft(left, words);
  return {
    ...{ now: now.getTime(), state, current, own, taken, late, unopened, missing },
    left: shown && { secondsLeft: shown.secondsLeft, until: shown.until },
  };
}
