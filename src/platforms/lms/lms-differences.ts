// What one LMS does otherwise than another, as far as it matters here: the contract that every file of this folder fills.
// Whoever needs a difference asks `differencesOf` in registry.ts; the name of an LMS stands nowhere else.
import type { AccessTokenRefusal } from '../../lti/token-answer.ts';
import type { ServiceTrouble } from '../service-trouble.ts';

export interface LmsDifferences {
  /** Names this file in forms and addresses. */
  key: string;
  /** How people call the LMS. */
  label: string;
  /** What it calls itself in `product_family_code`, the usual one first; empty where that says nothing. */
  families: readonly string[];
  /** How many points a gradebook column for a quiz worth `points` is given; points, more than 0. */
  columnMaximum(points: number): number;
  /** Whether a link that a teacher chooses in it has to bear its own `url`. */
  sendsLinkUrl: boolean;
  /** Members that this gradebook wants in a score beside the standard's, each named by a full URL. */
  scoreExtras(score: ScoreFacts): Record<string, unknown>;
  /** Hosts that speak for the issuer of that host beside the host itself, as `host[:port]`. */
  issuerConfigurationHosts(issuerHost: string): readonly string[];
  /** What the token endpoint expects as `aud`, given what the LMS's configuration said. */
  tokenAudience(said: { tokenUrl: string; tokenAudience: string }): string;
  /**
   * What its token endpoint means by a refusal in these words (at most 300 characters of the answer), where that is something else
   * than the standards say; null: nothing else.
   */
  accessRefusal(said: string): AccessTokenRefusal['code'] | null;
  /**
   * What its gradebook means by not taking a score, where that is something else than the plain rule of service-trouble.ts;
   * `superseded`: it has a later one; null: nothing else.
   */
  scoreTrouble(answer: ScoreAnswer): ServiceTrouble | 'superseded' | null;
  /** What a registration has to say beside the standard's members. */
  registration: RegistrationExtras;
  /** For whoever connects the LMS by hand. */
  setup: LmsSetup;
}

/** As much of a score as extra members are made of. */
export interface ScoreFacts {
  /** When the attempt that counts was handed in. */
  submittedAt: Date | null;
  /** Whether this very score was sent before, and perhaps arrived. */
  isRetry: boolean;
}

/** How a gradebook did not take a score. */
export interface ScoreAnswer {
  /** HTTP status; null where no answer came. */
  status: number | null;
  /** At most 300 characters of the answer. */
  said: string;
  /** How often this score was tried by now, this time included. */
  tries: number;
}

export interface RegistrationExtras {
  /** Members of the tool configuration. */
  configuration: Readonly<Record<string, unknown>>;
  /** Where in the LMS a message may start, by its message type. */
  placements: Readonly<Record<string, readonly string[]>>;
}

/** Of our side, what an administrator types into an LMS. `deepLinkUrl` is `launchUrl` under another name. */
export type OurValue = 'launchUrl' | 'loginUrl' | 'jwksUrl' | 'deepLinkUrl' | 'domain';

/** Of its side, what an administrator brings back. */
export type TheirValue =
  'issuer' | 'clientId' | 'deploymentId' | 'authorizationUrl' | 'tokenUrl' | 'tokenAudience' | 'jwksUrl';

/** What an administrator does in an LMS, in words of ours (`setup.steps.<step>`); `words` are the LMS's own. */
export interface SetupStep {
  step:
    | 'open-form'
    | 'copy-ours'
    | 'grant-services'
    | 'share-names'
    | 'add-placements'
    | 'switch-on'
    | 'deploy'
    | 'copy-theirs';
  words: string;
}

export interface LmsSetup {
  /** Our values in the order in which its form asks for them, each under its own name for the field. */
  ours: readonly { value: OurValue; field: string }[];
  /** Its names for what it gives back; what is not named it does not show. */
  theirs: Readonly<Partial<Record<TheirValue, string>>>;
  steps: readonly SetupStep[];
  /**
   * What follows from the address that people type to get to the LMS, and from our client id there (empty while unknown).
   * Values that do not follow are left out, all of them where the address is none.
   */
  endpoints(given: { address: string; clientId: string }): Partial<Record<TheirValue, string>>;
}
