// What an administrator types about an LMS: kept as it was typed, and told field by field where it cannot be.
import { z } from 'zod';
import { isAllowedEndpoint } from '../lti/endpoints.ts';
import { storable } from '../lti/storable-text.ts';
import type { TheirValue } from './lms/lms-differences.ts';
import type { PlatformDetails } from './platform.store.ts';

const endpointFields = ['authorizationUrl', 'tokenUrl', 'jwksUrl'] as const;

/** Every field there is, each under the name that it has in the form. */
export const platformFields = [
  'name',
  'issuer',
  'clientId',
  'deploymentId',
  ...endpointFields,
  'tokenAudience',
] as const satisfies readonly ('name' | TheirValue)[];

export type PlatformField = (typeof platformFields)[number];

/** `not-allowed`: an address that we never call, such as `http:` or one with a password in it. */
export type FieldProblem = 'missing' | 'too-long' | 'not-an-address' | 'not-allowed';

export type Typed = Record<PlatformField, string>;

export interface PlatformForm {
  typed: Typed;
  problems: Partial<Record<PlatformField, FieldProblem>>;
}

/** What may be left empty: who launches us tells the deployment, and the audience is most often the token address. */
const optional: readonly PlatformField[] = ['deploymentId', 'tokenAudience'];

const mostCharacters: Record<PlatformField, number> = {
  name: 255,
  issuer: 255,
  clientId: 255,
  deploymentId: 255,
  authorizationUrl: 2000,
  tokenUrl: 2000,
  jwksUrl: 2000,
  tokenAudience: 2000,
};

/** The fields of a form, trimmed; those that it does not have are empty. */
export function typedFields(body: unknown): Typed {
  const read = z.record(z.string(), z.unknown()).catch({}).parse(body);
  const text = (field: PlatformField) => storable(z.string().catch('').parse(read[field])).trim();
  return Object.fromEntries(platformFields.map((field) => [field, text(field)])) as Typed;
}

/**
 * Reads what was typed.
 *
 * @returns the details to be kept, or which field has what problem
 */
export function readPlatform(
  typed: Typed,
  rules: { allowHttpLoopback: boolean },
): { ok: true; details: Omit<PlatformDetails, 'family'> } | { ok: false; problems: PlatformForm['problems'] } {
  const found = platformFields.map((field) => [field, problemOf(field, typed[field], rules)] as const);
  const problems = found.filter(([, problem]) => problem !== null);
  if (problems.length > 0) return { ok: false, problems: Object.fromEntries(problems) };
  const { deploymentId, tokenAudience, ...rest } = typed;
  const audience = tokenAudience || typed.tokenUrl;
  return { ok: true, details: { ...rest, deploymentId: deploymentId || null, tokenAudience: audience } };
}

function problemOf(field: PlatformField, value: string, rules: { allowHttpLoopback: boolean }): FieldProblem | null {
  if (value === '') return optional.includes(field) ? null : 'missing';
  if (value.length > mostCharacters[field]) return 'too-long';
  const isAddress = field === 'issuer' || endpointFields.some((endpoint) => endpoint === field);
  if (!isAddress) return null;
  if (!/^https?:\/\//i.test(value) || !URL.canParse(value)) return 'not-an-address';
  return isAllowedEndpoint(value, rules) ? null : 'not-allowed';
}
