// One platform, one login, one good launch, and the ways to spoil it.
import { z } from 'zod';
import type { LaunchRefusal } from '../../src/lti/launch-refusals.ts';
import { verifyLaunch } from '../../src/lti/verify-launch.ts';
import type { VerifiedLaunch } from '../../src/lti/verified-launch.ts';
import type { Claims } from './fake-platform.ts';
import {
  createFakePlatform,
  deepLinking,
  login,
  lti,
  now,
  recordedClaims,
  registration,
  toolOrigin,
} from './fake-platform.ts';

export const platform = await createFakePlatform();

/** Aziz opens a quiz, as Moodle 5.1 says it. */
export const good: Claims = recordedClaims('resource-link.student');

/** Dilnoza is to choose content for her course, as Moodle 5.1 says it. */
export const choice: Claims = recordedClaims('deep-linking.teacher');

/** Dilnoza opens Aziz's work from the gradebook. */
export const review: Claims = {
  ...recordedClaims('resource-link.teacher'),
  [lti('message_type')]: 'LtiSubmissionReviewRequest',
  [lti('for_user')]: { user_id: '4' },
};

export const verify = (idToken: unknown, changed: Partial<Parameters<typeof verifyLaunch>[1]> = {}) =>
  verifyLaunch(idToken, { login, registration, keys: platform.keys, now, toolOrigin, ...changed });

export const withClaims = (changed: Claims): Promise<string> => platform.sign({ ...good, ...changed });

/** The choice with other settings, `undefined` leaving one out, and other claims. */
export function withSettings(changed: Claims, claims: Claims = {}): Promise<string> {
  const name = deepLinking('deep_linking_settings');
  const settings = z.record(z.string(), z.unknown()).parse(choice[name]);
  return platform.sign({ ...choice, [name]: { ...settings, ...changed }, ...claims });
}

export function without(...names: string[]): Promise<string> {
  return platform.sign(Object.fromEntries(Object.entries(good).filter(([name]) => !names.includes(name))));
}

export async function launchOf(token: Promise<string>): Promise<VerifiedLaunch> {
  const verified = await verify(await token);
  if (!verified.ok) throw new Error(`refused: ${verified.code} ${verified.detail}`);
  return verified.launch;
}

export interface BadLaunch {
  what: string;
  code: LaunchRefusal;
  token: () => unknown;
}
