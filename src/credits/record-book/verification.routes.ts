// Whether a printed record book is true: for anybody with its code, who learns sums and nothing of whose they are.
import { Router } from 'express';
import { z } from 'zod';
import type { Database } from '../../database/database.ts';
import { limitWrongTries } from '../../web/limit-tries.ts';
import { inForce } from '../ledger.ts';
import { listAccountsOfPerson } from '../ledger.store.ts';
import { tidyPrintCode } from './print-code.ts';
import { averagesOf, printStanding, totalsOf } from './record-book.ts';
import { findPrintByCode, type Print } from './record-book.store.ts';

/** Of one address in a quarter of an hour: plenty for who mistypes, and nothing against 68 bits. */
const wrongTries = 30;

const query = z.object({ code: z.string().catch('') });

export function verificationRoutes({ db, now }: { db: Database; now: () => Date }): Router {
  const router = Router();

  router.get('/verification', (req, res) => {
    const code = tidyPrintCode(query.parse(req.query).code);
    if (code === '') res.render('credits/record-book/verification', { code, isUnknown: false });
    else res.redirect(303, `/verification/${code}`);
  });

  const limitTries = limitWrongTries({ db, now }, wrongTries, 'too-many-codes');
  router.get('/verification/:code', limitTries, async (req, res) => {
    const code = tidyPrintCode(z.string().parse(req.params.code));
    const print = await findPrintByCode(db, code);
    // What is no code at all reads like one that nobody has.
    if (!print) res.status(404).render('credits/record-book/verification', { code, isUnknown: true });
    else res.render('credits/record-book/verified', { code, ...(await vouchedFor(print)) });
  });

  async function vouchedFor({ personId, book, printedAt }: Print) {
    const accounts = await listAccountsOfPerson(db, personId);
    const today = book.courses.flatMap(({ courseId }) =>
      [...(accounts.get(courseId)?.values() ?? [])].flatMap((account) => inForce(account)?.id ?? []),
    );
    const { courses } = book;
    const standing = printStanding(book, new Set(today));
    return { printedAt, totals: totalsOf(courses), averages: averagesOf(courses), standing };
  }

  return router;
}
