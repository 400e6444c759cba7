// Where the page of an open attempt sends its journal. Its seal is the authority: nobody has to be signed in, so an expired session or
// another student at the same phone never stops what was answered; and nothing that was answered is ever told here.
import { Router } from 'express';
import type { Logger } from 'pino';
import { readOnce } from '../../database/read-once.ts';
import { formats } from '../../i18n/formats.ts';
import { browserCookie, parseCookie } from '../../web/cookies.ts';
import { notFound, PageError } from '../../web/errors.ts';
import { formFields, readForms } from '../../web/forms.ts';
import { keyParam } from '../../web/key-param.ts';
import { limitWrongTries } from '../../web/limit-tries.ts';
import type { GradingTools } from '../grading-tools.ts';
import { shownTimeLeft } from '../time-view.ts';
import type { SentEntries } from './desk.ts';
import type { JournalReply } from './entry.ts';
import { browserHash } from './form-sender.ts';
import { findJournaled, mayGoOn } from './journaled-attempt.store.ts';
import { journalKey } from './journal-key.ts';
import { openEntries } from './open-entries.ts';
import { savesTogether } from './save-together.ts';
import { takeEntries, type TakenEntries } from './take-entries.ts';

const mostEntries = 200;

/** From one address: after a change of the secret, a whole university may stand behind it with entries of before. */
const wrongSeals = 3000;

/** Attempts whose keys are at hand: those of everybody who is at work just now. */
const mostKeys = 10_000;

/** @param tools.journalSecret by which the keys of all journals are made (config.ts) */
export function journalRoutes(
  tools: GradingTools & { journalSecret: Uint8Array; timeZone: string; log: Logger },
): Router {
  const { db, journalSecret, timeZone, onScoreWanted, log } = tools;
  const router = Router();
  const findKey = readOnce(mostKeys, async (from, id) => {
    const attempt = await findJournaled(from, id);
    return attempt && journalKey(journalSecret, attempt);
  });
  const saveTogether = savesTogether({
    ...tools,
    onFailed: (error) => log.error({ err: error }, 'answers could not be saved together'),
  });

  router.post(
    '/attempts/:attemptId/journal',
    readForms,
    async (req, res, next) => {
      const attemptId = keyParam(req, 'attemptId');
      const key = await findKey(db, attemptId);
      const sealed = formFields(req).get('sealed') ?? [];
      if (sealed.length > mostEntries) throw new PageError(413, 'too-large', 'too-large');
      const { entries, unopened } = key ? await openEntries(key, sealed) : { entries: [], unopened: [] };
      if (entries.length === 0) {
        next();
        return;
      }
      const browser = browserHash(parseCookie(req, browserCookie));
      const taken =
        (await saveTogether(attemptId, entries)) ?? (await takeByItself(tools, { attemptId, entries, browser }));
      if (taken.isHandedIn) onScoreWanted();
      res.json(replyOf(taken, { unopened, now: tools.now(), timeZone }));
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

/** @throws PageError 404 if its learner may no longer answer it */
async function takeByItself(
  tools: GradingTools,
  sent: Pick<SentEntries, 'attemptId' | 'entries' | 'browser'>,
): Promise<TakenEntries & { language: string }> {
  const attempt = await findJournaled(tools.db, sent.attemptId);
  if (!attempt || !(await mayGoOn(tools.db, attempt))) throw notFound();
  const { personId, language } = attempt;
  return { ...(await takeEntries(tools, { ...sent, personId, broughtBy: null })), language };
}

function replyOf(
  { left, state, current, own, taken, late, missing, language }: TakenEntries & { language: string },
  { unopened, now, timeZone }: { unopened: number[]; now: Date; timeZone: string },
): JournalReply {
  const shown = left && shownTimeLeft(left, formats(language, timeZone));
  return {
    ...{ now: now.getTime(), state, current, own, taken, late, unopened, missing },
    left: shown && { secondsLeft: shown.secondsLeft, until: shown.until },
  };
}
