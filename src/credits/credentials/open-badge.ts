// An award as an Open Badges 3.0 credential: what was achieved, by whom in a hashed form, and where it says whether it still stands. Pure;
// field names by https://www.imsglobal.org/spec/ob/v3p0/ (document version 1.0.13) and its JSON schema.
import { createHash } from 'node:crypto';
import Fraction from 'fraction.js';
import { wholeCourse } from '../plan.ts';
import { roundHalfUp } from '../grade.ts';
import type { StandingAward } from './award.store.ts';

/** Where our pages about credentials are. */
export interface CredentialAddresses {
  credential(entryId: number): string;
  issuer: string;
  revoked: string;
  key(kid: string): string;
}

/** @param publicUrl our origin, without a slash at the end */
export function credentialAddresses(publicUrl: string): CredentialAddresses {
  return {
    credential: (entryId) => `${publicUrl}/credentials/${entryId}`,
    issuer: `${publicUrl}/credentials/issuer`,
    revoked: `${publicUrl}/credentials/revoked`,
    key: (kid) => `${publicUrl}/credentials/keys/${kid}`,
  };
}

const badgeContext = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';

/** Pinned: a context that changes would change what was signed. */
export const credentialContexts = [
  'https://www.w3.org/ns/credentials/v2',
  badgeContext,
  // Where the names of the revocation list and of the schema's checker are from.
  'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
] as const;

/** Who issues: this installation. */
export function issuerProfile(publicUrl: string, name: string) {
  const { issuer } = credentialAddresses(publicUrl);
  return { id: issuer, type: ['Profile'], name, url: publicUrl };
}

/** The words of a credential, in one language. */
export interface CredentialWords {
  description: string;
  criteria: string;
  result: string;
  evidence: string;
}

/** The credential of an award, unsigned. */
export function openBadge(
  award: StandingAward,
  { publicUrl, issuerName, words }: { publicUrl: string; issuerName: string; words: CredentialWords },
) {
  const to = credentialAddresses(publicUrl);
  const achievementId = `${to.issuer}#plan-${award.planId}-${award.componentKey}`;
  const resultId = `${achievementId}-points`;
  const identity = hashedIdentity(award);
  const credits = award.units / 100;
  return {
    '@context': credentialContexts,
    id: to.credential(award.entryId),
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: award.title,
    issuer: issuerProfile(publicUrl, issuerName),
    validFrom: inWholeSeconds(award.enteredAt),
    credentialSubject: {
      id: identity.id,
      type: ['AchievementSubject'],
      identifier: [identity.object],
      creditsEarned: credits,
      source: { id: award.registration.issuer, type: ['Profile'], name: award.registration.name },
      achievement: {
        id: achievementId,
        type: ['Achievement'],
        achievementType: award.componentKey === wholeCourse ? 'Course' : 'Achievement',
        name: award.title,
        description: words.description,
        criteria: { narrative: words.criteria },
        creditsAvailable: credits,
        ...(award.plan.subjectCode !== '' && { humanCode: award.plan.subjectCode }),
        resultDescription: [
          {
            ...{ id: resultId, type: ['ResultDescription'], name: words.result, resultType: 'RawScore' },
            ...{ valueMin: '0', valueMax: decimal(award.evidence.maximumPoints) },
          },
        ],
      },
      result: [{ type: ['Result'], resultDescription: resultId, value: decimal(award.evidence.points) }],
    },
    evidence: [
      {
        // RFC 6920: names what it is by its hash, so that nobody has to fetch anything.
        id: `ni:///sha-256;${Buffer.from(award.evidenceHash, 'hex').toString('base64url')}`,
        ...{ type: ['Evidence'], name: words.evidence },
      },
    ],
    credentialSchema: [
      {
        id: 'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json',
        type: '1EdTechJsonSchemaValidator2019',
      },
    ],
    credentialStatus: { id: to.revoked, type: '1EdTechRevocationList' },
  };
}

export type OpenBadge = ReturnType<typeof openBadge>;

/** What a revocation list says (https://www.imsglobal.org/spec/vcrl/v1p0/). */
export function revocationList(publicUrl: string, entryIds: readonly number[]) {
  const to = credentialAddresses(publicUrl);
  return {
    id: to.revoked,
    issuer: to.issuer,
    revokedCredentials: entryIds.map((entryId) => ({ id: to.credential(entryId), revoked: true })),
  };
}

/**
 * The person without a name: whoever is told the number can check that it is the one, and nobody reads it off. Salted by what the award
 * rests on, so that two credentials of one person do not say that they are one person's.
 */
function hashedIdentity({ subject, sourcedId, rosterNumber, evidenceHash, entryId }: StandingAward) {
  const [identity, identityType] = sourcedId
    ? [sourcedId, 'lisSourcedId']
    : rosterNumber !== null
      ? [rosterNumber, 'sisSourcedId']
      : [subject ?? '', 'ltiUserId'];
  const salt = sha256(`salt:${entryId}:${evidenceHash}`).slice(0, 32);
  const hash = sha256(`${identity}${salt}`);
  return {
    id: `urn:uuid:${uuidOf(sha256(`subject:${hash}`))}`,
    object: { type: 'IdentityObject', hashed: true, identityHash: `sha256$${hash}`, identityType, salt },
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Version 8: made of a hash (RFC 9562 §5.8). */
function uuidOf(hash: string): string {
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-');
}

/** The token's `nbf` counts seconds, and has to be the same moment. */
function inWholeSeconds(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}Z`;
}

function decimal(exact: string): string {
  return String(roundHalfUp(new Fraction(exact), 2).valueOf());
}
