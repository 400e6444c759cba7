// The frames in which Google Classroom shows us. Nothing of their addresses is believed: who opens them, and as what, Google says to that
// person's own token, at every opening; and whose session it is, the account that Google opens them for has to be.
import { Router, type Request, type Response } from 'express';
import { eq } from 'drizzle-orm';
import { readAddOnContext, type AddOnContext } from '../../classroom/add-on-context.ts';
import type { ClassroomCall } from '../../classroom/api.ts';
import { readAttachment } from '../../classroom/attachments.ts';
import { readCourse } from '../../classroom/courses.ts';
import { readLaunchParameters, type LaunchParameters } from '../../classroom/launch-parameters.ts';
import { missingScopes, scopesFor, type SignInPurpose } from '../../classroom/scopes.ts';
import { mayDo } from '../../courses/rights.ts';
import type { RosterRefresher } from '../../courses/refresh-roster.ts';
import { people } from '../../database/tables/courses.ts';
import { findGoogleClient, type KnownGoogleClient } from '../../platforms/classroom/client.store.ts';
import type { GoogleAccess } from '../../platforms/classroom/google-access.ts';
import { findGrant, type Grant } from '../../platforms/classroom/grant.store.ts';
import { frames, type Frame } from '../../platforms/classroom/our-addresses.ts';
import { keepBrowserSecret } from '../../web/browser.ts';
import { notFound, PageError } from '../../web/errors.ts';
import { keyParam } from '../../web/key-param.ts';
import { rememberPlatform } from '../../web/security-headers.ts';
import { platformOrigins, type Session } from '../../web/session.ts';
import { landingPath } from '../landing.ts';
import { enterClassroom } from './enter-classroom.ts';
import { refusalOf } from './refusal-of.routes.ts';
import { sealSignInEntry } from './sign-in-entry.ts';
import { hashOf } from './sign-in.store.ts';
import type { SignInTools } from './sign-in.routes.ts';

interface Tools extends SignInTools {
  google: GoogleAccess;
  roster: Pick<RosterRefresher, 'refreshSoon'>;
}

/** Why somebody is asked to sign in. */
type SignInReason = 'first' | 'other-account' | 'agree-anew' | 'agree-to-more';

/** Somebody whose session and grant do for this frame. */
interface SignedIn {
  session: Session;
  grant: Grant;
}

const purposeOfFrame: Record<Frame, SignInPurpose> = {
  discovery: 'teach',
  upgrade: 'teach',
  teacher: 'teach',
  review: 'teach',
  student: 'learn',
};

/** One address for each frame and each of our clients; what Google appends to it is `LaunchParameters`. */
export function frameRoutes(tools: Tools): Router {
  const { db, now, fetch, google, roster, signs, stateKey, sealingKey } = tools;
  const router = Router();

  for (const frame of frames) {
    router.get(`/classroom/:registrationId/${frame}`, async (req, res) => {
      const known = await findGoogleClient(db, keyParam(req, 'registrationId'), sealingKey);
      if (!known) throw notFound();
      rememberPlatform(res, platformOrigins({ ...known.client, frameOrigins: known.frameOrigins }));
      const place = readLaunchParameters(req.query);
      const isChoice = frame === 'discovery' || frame === 'upgrade';
      if (!place || isChoice !== (place.attachmentId === null)) {
        throw new PageError(400, 'launch-malformed', 'launch-malformed');
      }
      const purpose = purposeOfFrame[frame];
      const signedIn = await whoIs(res, known, { place, purpose });
      if (typeof signedIn === 'string') {
        await askToSignIn(req, res, known, { place, purpose, reason: signedIn });
        return;
      }
      await open(req, res, { known, place, frame, signedIn });
    });
  }

  /**
   * The session of the very account that Google opens the frame for, with something that lets us act in its name. A session alone is
   * not enough, nor is the name in the address: of several who share a browser the wrong one would be let in.
   */
  async function whoIs(
    res: Response,
    { deploymentId }: KnownGoogleClient,
    { place, purpose }: { place: LaunchParameters; purpose: SignInPurpose },
  ): Promise<SignedIn | SignInReason> {
    const { session } = res.locals;
    if (!session || place.loginHint === null) return 'first';
    const [person] = await db.select({ subject: people.subject }).from(people).where(eq(people.id, session.personId));
    if (session.deploymentId !== deploymentId || person?.subject !== place.loginHint) return 'other-account';
    const grant = await findGrant(db, session.personId, sealingKey);
    if (!grant) return 'agree-anew';
    return missingScopes(grant.scopes, scopesFor[purpose]).length > 0 ? 'agree-to-more' : { session, grant };
  }

  async function askToSignIn(
    req: Request,
    res: Response,
    known: KnownGoogleClient,
    asked: { place: LaunchParameters; purpose: SignInPurpose; reason: SignInReason },
  ) {
    const { place, purpose, reason } = asked;
    const entry = await sealSignInEntry(
      {
        ...{ registrationId: known.registrationId, purpose, loginHint: place.loginHint },
        path: req.originalUrl,
        browserHash: hashOf(keepBrowserSecret(req, res)),
        isAnew: reason === 'agree-anew' || reason === 'agree-to-more',
        isAnother: false,
      },
      { key: stateKey, now: now() },
    );
    // The form has to be known as ours, and nobody else is to learn of the address.
    res.set('Referrer-Policy', 'same-origin');
    res.status(reason === 'first' ? 200 : 401);
    // Whoever may be signed in here is not taken for whoever the frame is for.
    res.render('launch/classroom/sign-in', { entry, reason, purpose, session: null });
  }

  async function open(
    req: Request,
    res: Response,
    opening: { known: KnownGoogleClient; place: LaunchParameters; frame: Frame; signedIn: SignedIn },
  ) {
    const { known, place, frame, signedIn } = opening;
    const { session, grant } = signedIn;
    const purpose = purposeOfFrame[frame];
    const got = await google.tokenOf(known.client, grant);
    if (got.kind === 'grant-lost') {
      await askToSignIn(req, res, known, { place, purpose, reason: 'agree-anew' });
      return;
    }
    if (got.kind !== 'granted')
      throw await refusalOf(signs, known.registrationId, {
        ...got,
        code: got.kind === 'unavailable' ? 'unavailable' : 'refused',
      });
    const call: ClassroomCall = { fetch, now, token: got.token, apiUrl: known.client.apiUrl };
    const context = await readAddOnContext(call, place);
    if (context.kind !== 'read') {
      if (context.code === 'signed-out') google.forget(grant);
      if (context.code === 'signed-out' || context.code === 'scope-missing') {
        await askToSignIn(req, res, known, { place, purpose, reason: 'agree-anew' });
        return;
      }
      throw await refusalOf(signs, known.registrationId, context);
    }
    const { role } = context.value;
    if (role !== 'teacher' && purpose === 'teach') throw new PageError(403, 'not-a-teacher', 'not-a-teacher');
    const attachment =
      place.attachmentId === null ? null : await readAttachment(call, { ...place, attachmentId: place.attachmentId });
    if (attachment && attachment.kind !== 'read') throw await refusalOf(signs, known.registrationId, attachment);
    const entry = await enterClassroom(tools, {
      ...{ deploymentId: known.deploymentId, personId: session.personId, apiUrl: known.client.apiUrl, place },
      hostOrigin: known.frameOrigins[0] ?? known.client.issuer,
      context: context.value,
      course: await courseOf(call, place, context.value),
      attachment: attachment?.value ?? null,
      isReview: frame === 'review',
    });
    await signs.note(known.registrationId, 'launch');
    if (mayDo(entry.role, 'run-course')) roster.refreshSoon(entry.courseId);
    if (entry.landing) res.redirect(303, landingPath(entry.landing));
    else res.render('launch/classroom/no-work');
  }

  /** What it is called: a page without it is better than none. */
  async function courseOf(call: ClassroomCall, { courseId }: LaunchParameters, { role }: AddOnContext) {
    if (role !== 'teacher') return null;
    const read = await readCourse(call, courseId);
    return read.kind === 'read' ? read.value : null;
  }

  return router;
}
