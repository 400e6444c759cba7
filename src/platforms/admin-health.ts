// How an LMS fares, in words for whoever looks after it: what last went well, and what last went wrong with a remedy.
import { launchRefusals } from '../lti/launch-refusals.ts';
import type { Registration } from './platform.store.ts';
import type { Sign, SignKind } from './registration-signs.store.ts';

/** What went well is told in this order. */
export const wellKinds = ['launch', 'token', 'score', 'roster'] as const;

/**
 * What can be wrong, each with the codes that mean it, of launches, services and connection tests: `admin.remedies.<remedy>`
 * says what to do.
 */
const codesOf = {
  'tool-keys-unreachable': ['tool-keys-unreachable'],
  'scope-not-granted': ['scope-not-granted'],
  'tool-inactive': ['tool-inactive'],
  'clock-wrong': ['clock-wrong'],
  'address-refused': ['address-refused'],
  unauthorized: ['unauthorized'],
  refused: ['refused'],
  unavailable: ['unavailable'],
  'keys-unreachable': ['keys-unreachable'],
  'no-usable-key': ['no-usable-key'],
  'no-deployment': ['no-deployment'],
  'clock-off': ['clock-off'],
  'clock-unknown': ['clock-unknown'],
  clock: ['clock', 'token-expired', 'issued-in-future', 'token-too-old', 'token-not-yet-valid'],
  'signature-invalid': ['signature-invalid', 'key-unknown', 'key-id-missing', 'algorithm-refused'],
  'other-registration': [
    'issuer-mismatch',
    'audience-mismatch',
    'audience-untrusted',
    'authorized-party-mismatch',
    'target-foreign',
  ],
  'deployment-unknown': ['deployment-unknown'],
  'deployment-inactive': ['deployment-inactive'],
  anonymous: ['anonymous-not-allowed', 'subject-missing'],
  'one-launch': [
    'login-already-used',
    'nonce-mismatch',
    'platform-refused',
    'not-an-author',
    'review-not-yours',
    'nothing-to-review',
  ],
  malformed: ['course-missing'],
  unknown: [],
} as const satisfies Record<string, readonly string[]>;

/** The same of Google Classroom, whose doors and words are others. */
const googleCodesOf = {
  'google-unreachable': ['keys-unreachable', 'api-unreachable'],
  'google-away': ['unavailable'],
  'google-client': ['client-refused', 'tool-inactive'],
  'google-secret': ['secret-unreadable'],
  'google-redirect': ['redirect-refused'],
  'google-clock': ['clock-off'],
  'google-clock-unknown': ['clock-unknown'],
  'google-off': ['classroom-disabled'],
  'google-project': ['other-project'],
  'google-scopes': ['scope-missing', 'scope-not-granted'],
  'google-reconnect': ['teacher-must-reconnect', 'signed-out', 'unauthorized'],
  'google-refused': ['refused'],
  'one-launch': ['token-expired', 'wrong-account', 'not-there', 'not-visible', 'not-allowed', 'course-archived'],
  'address-refused': ['address-refused'],
  unknown: [],
} as const satisfies Record<string, readonly string[]>;

export type Remedy = keyof typeof codesOf | keyof typeof googleCodesOf;

export interface Failure {
  kind: 'launch-failure' | 'service-failure';
  at: Date;
  /** For whoever wants to know exactly, and the only thing known of a code without a remedy. */
  code: string;
  detail: string | null;
  remedy: Remedy;
  /** The same kind of thing has gone well since. */
  isOver: boolean;
}

export interface Health {
  well: { kind: (typeof wellKinds)[number]; at: Date | null }[];
  /** The latest first. */
  failures: Failure[];
}

/** @param signs the last of each kind, as they are kept */
export function healthOf(signs: ReadonlyMap<SignKind, Sign>, protocol: Registration['protocol'] = 'lti'): Health {
  const at = (kind: SignKind) => signs.get(kind)?.at ?? null;
  const failures = [
    failureOf(signs.get('launch-failure'), [at('launch')], protocol),
    failureOf(signs.get('service-failure'), [at('token'), at('score'), at('roster')], protocol),
  ].filter((failure) => failure !== null);
  return {
    well: wellKinds.map((kind) => ({ kind, at: at(kind) })),
    failures: failures.sort((one, other) => other.at.getTime() - one.at.getTime()),
  };
}

function failureOf(
  sign: Sign | undefined,
  wellAt: (Date | null)[],
  protocol: Registration['protocol'],
): Failure | null {
  if (!sign || (sign.kind !== 'launch-failure' && sign.kind !== 'service-failure')) return null;
  const remedy = remedyFor(sign.code ?? '', protocol);
  // What is not granted stays so, however well the rest goes.
  const isOver = remedy !== 'scope-not-granted' && wellAt.some((moment) => moment !== null && moment > sign.at);
  return { kind: sign.kind, at: sign.at, code: sign.code ?? '', detail: sign.detail, remedy, isOver };
}

const remedies = remediesIn(codesOf);
const googleRemedies = remediesIn(googleCodesOf);

function remediesIn(codes: Partial<Record<Remedy, readonly string[]>>): Map<string, Remedy> {
  return new Map(
    (Object.entries(codes) as [Remedy, readonly string[]][]).flatMap(([remedy, those]) =>
      those.map((code): [string, Remedy] => [code, remedy]),
    ),
  );
}

/** What to do about such a code; `unknown` for one that nothing here names. */
export function remedyFor(code: string, protocol: Registration['protocol'] = 'lti'): Remedy {
  if (protocol === 'classroom') return googleRemedies.get(code) ?? 'unknown';
  const isLaunch = launchRefusals.some((refusal) => refusal === code);
  return remedies.get(code) ?? (isLaunch ? 'malformed' : 'unknown');
}
