// Who opens one of our pages for Google Classroom in a tab of their own, where Google says nothing about anybody: whoever has signed in.
import { type Request, type Response } from 'express';
import type { ClassroomCall } from '../../classroom/api.ts';
import type { ClassroomFailure } from '../../classroom/classroom-failure.ts';
import { missingScopes, scopesFor, type SignInPurpose } from '../../classroom/scopes.ts';
import { findGoogleClient, type KnownGoogleClient } from '../../platforms/classroom/client.store.ts';
import type { GoogleAccess } from '../../platforms/classroom/google-access.ts';
import { findGrant, type Grant } from '../../platforms/classroom/grant.store.ts';
import { notFound } from '../../web/errors.ts';
import { keyParam } from '../../web/key-param.ts';
import { rememberPlatform } from '../../web/security-headers.ts';
import { platformOrigins, type Session } from '../../web/session.ts';
import { refusalOf } from './refusal-of.routes.ts';
import { sealSignInEntry } from './sign-in-entry.ts';
import type { SignInTools } from './sign-in.routes.ts';

export interface VisitorTools extends SignInTools {
  google: GoogleAccess;
}

/** Somebody who has signed in at this client, with what they agreed to. */
export interface Visitor {
  session: Session;
  grant: Grant;
  call: ClassroomCall;
}

/** Why somebody is asked to sign in. */
export type SignInReason = 'here' | 'agree-anew' | 'agree-to-more';

/** The client `:registrationId`, whose question at Google the forms of the page may lead to. @throws PageError 404 unless it is one */
export async function requireGoogleClient(
  { db, sealingKey }: Pick<VisitorTools, 'db' | 'sealingKey'>,
  req: Request,
  res: Response,
): Promise<KnownGoogleClient> {
  const known = await findGoogleClient(db, keyParam(req, 'registrationId'), sealingKey);
  if (!known) throw notFound();
  rememberPlatform(res, platformOrigins({ ...known.client, frameOrigins: known.frameOrigins }));
  return known;
}

/**
 * Who is signed in at this client, or why they have to sign in first. No transaction may be open: this may wait for another machine.
 *
 * @throws PageError where Google gives no token in the name of who is
 */
export async function visitorOf(
  { db, now, fetch, google, signs, sealingKey }: VisitorTools,
  res: Response,
  { registrationId, deploymentId, client }: KnownGoogleClient,
): Promise<Visitor | SignInReason> {
  const { session } = res.locals;
  if (session?.deploymentId !== deploymentId) return 'here';
  const grant = await findGrant(db, session.personId, sealingKey);
  if (!grant) return 'agree-anew';
  const got = await google.tokenOf(client, grant);
  if (got.kind === 'grant-lost') return 'agree-anew';
  if (got.kind !== 'granted') {
    const code = got.kind === 'unavailable' ? 'unavailable' : 'refused';
    throw await refusalOf(signs, registrationId, { ...got, code });
  }
  return { session, grant, call: { fetch, now, token: got.token, apiUrl: client.apiUrl } };
}

/** Whether somebody has agreed to all that this is done with. */
export function hasAgreed({ grant }: Visitor, purpose: SignInPurpose): boolean {
  return missingScopes(grant.scopes, scopesFor[purpose]).length === 0;
}

/** What Google refuses in somebody's name: a reason to sign in again, or else a page that says why not. @throws PageError */
export async function reasonIn(
  { google, signs }: VisitorTools,
  { registrationId }: KnownGoogleClient,
  { grant }: Visitor,
  failure: ClassroomFailure,
): Promise<SignInReason> {
  if (failure.code === 'signed-out') google.forget(grant);
  if (failure.code === 'signed-out' || failure.code === 'scope-missing') return 'agree-anew';
  throw await refusalOf(signs, registrationId, failure);
}

/** An entry for a form by which somebody signs in, and comes back. @param asked.path of ours @param asked.isAnother with another account */
export function signInEntry(
  { stateKey, now }: Pick<VisitorTools, 'stateKey' | 'now'>,
  { registrationId }: KnownGoogleClient,
  asked: { path: string; purpose: SignInPurpose; isAnew: boolean; isAnother: boolean },
): Promise<string> {
  const entry = { registrationId, loginHint: null, browserHash: null, ...asked };
  return sealSignInEntry(entry, { key: stateKey, now: now() });
}

/** Asks to sign in; who is asked for several purposes says for which. */
export async function askVisitor(
  tools: VisitorTools,
  res: Response,
  known: KnownGoogleClient,
  { path, purposes, reason }: { path: string; purposes: readonly SignInPurpose[]; reason: SignInReason },
): Promise<void> {
  const isAnew = reason !== 'here';
  const entries = await Promise.all(
    purposes.map(async (purpose) => ({
      purpose,
      entry: await signInEntry(tools, known, { path, purpose, isAnew, isAnother: false }),
    })),
  );
  // The form has to be known as ours, and nobody else is to learn of the address.
  res.set('Referrer-Policy', 'same-origin');
  res.status(isAnew ? 401 : 200);
  res.render('launch/classroom/sign-in-here', { entries, reason });
}
