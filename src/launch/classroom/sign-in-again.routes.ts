// Signing in once more from the page of an attempt, which stays as it is: the same window as at the door, for the very same account.
import { eq } from 'drizzle-orm';
import type { SignInAgain } from '../../attempts/sign-in-again.ts';
import { people } from '../../database/tables/courses.ts';
import { keepBrowserSecret } from '../../web/browser.ts';
import { sealSignInEntry } from './sign-in-entry.ts';
import type { SignInTools } from './sign-in.routes.ts';
import { hashOf } from './sign-in.store.ts';

/** Gives pages an entry for the form that opens the window; null to whoever comes in by a course that speaks LTI. */
export function classroomSignInAgain({ db, stateKey, now }: Pick<SignInTools, 'db' | 'stateKey' | 'now'>): SignInAgain {
  return async (req, res) => {
    const { session } = res.locals;
    if (session?.protocol !== 'classroom') return null;
    const [person] = await db.select({ subject: people.subject }).from(people).where(eq(people.id, session.personId));
    if (!person) return null;
    // The form has to be known as ours, and nobody else is to learn of the address.
    res.set('Referrer-Policy', 'same-origin');
    return sealSignInEntry(
      {
        ...{ registrationId: session.registrationId, purpose: 'learn', loginHint: person.subject, path: req.path },
        ...{ browserHash: hashOf(keepBrowserSecret(req, res)), isAnew: false, isAnother: false },
      },
      { key: stateKey, now: now() },
    );
  };
}
