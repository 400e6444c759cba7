// What an administrator types of a client of Google Cloud: kept as it was typed, but for the secret, and told field by field where it
// cannot be. The command line reads its options by the same rules.
import { z } from 'zod';
import { storable } from '../../lti/storable-text.ts';

const fields = ['name', 'clientId', 'clientSecret'] as const;
type Field = (typeof fields)[number];

/** `not-a-client-id`: an id that Google gives no client. `type-again`: a secret that was typed well, and that no page says again. */
export type GoogleFieldProblem = 'missing' | 'too-long' | 'not-a-client-id' | 'not-a-secret' | 'type-again';

export type TypedGoogleClient = Record<Field, string>;
export type GoogleClientProblems = Partial<Record<Field, GoogleFieldProblem>>;

/** What is asked of the fields. */
export interface GoogleFieldRules {
  /** Whether the client is Google's own, and not one of a practice Google, which may call its clients as it likes. */
  isGoogle: boolean;
  /** Whether there is a secret already, which stays where none is typed. */
  hasSecret: boolean;
}

const mostCharacters = 255;
/** @see https://console.cloud.google.com/auth/clients, which shows them so */
const clientIdPattern = /^[\w-]+(\.[\w-]+)*\.apps\.googleusercontent\.com$/;

/** The fields of a form, trimmed; those that it does not have are empty. */
export function typedGoogleClient(body: unknown): TypedGoogleClient {
  const read = z.record(z.string(), z.unknown()).catch({}).parse(body);
  const text = (field: Field) => storable(z.string().catch('').parse(read[field])).trim();
  return { name: text('name'), clientId: text('clientId'), clientSecret: text('clientSecret') };
}

/** Which field has what problem; none: the client can be kept. */
export function googleClientProblems(typed: TypedGoogleClient, rules: GoogleFieldRules): GoogleClientProblems {
  const found = fields.flatMap((field) => {
    const problem = problemOf(field, typed[field], rules);
    return problem ? [[field, problem] as const] : [];
  });
  const problems: GoogleClientProblems = Object.fromEntries(found);
  const isSecretLost = found.length > 0 && typed.clientSecret !== '' && !problems.clientSecret;
  return isSecretLost ? { ...problems, clientSecret: 'type-again' } : problems;
}

function problemOf(field: Field, value: string, { isGoogle, hasSecret }: GoogleFieldRules): GoogleFieldProblem | null {
  if (value === '') return field === 'clientSecret' && hasSecret ? null : 'missing';
  if (value.length > mostCharacters) return 'too-long';
  if (field === 'clientId' && isGoogle && !clientIdPattern.test(value)) return 'not-a-client-id';
  if (field === 'clientSecret' && !/^[!-~]{8,}$/.test(value) && isGoogle) return 'not-a-secret';
  return null;
}
