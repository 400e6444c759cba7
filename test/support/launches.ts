// Launches step by step, for tests that come between an LMS and us.
import type { Robot } from '../../src/practice/robot.ts';
import type { FieldValue } from '../../src/practice/form-fields.ts';
import type { TokenDraft } from '../../src/practice/token-draft.ts';
import type { School } from './people.ts';

/** Makes an id_token out of the one the LMS was about to send. */
export type MakeToken = (draft: TokenDraft) => string;

/** The full name of a claim of LTI core. */
export const lti = (name: string) => `https://purl.imsglobal.org/spec/lti/claim/${name}`;

/** The name of the claim that tells where the gradebook is. */
export const gradebookClaim = 'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint';

/** The LMS's own claims with some changed, rightly signed; undefined leaves one out. */
export function withClaims(changed: Record<string, unknown>): MakeToken {
  return ({ header, claims, sign }) => sign(header, { ...claims, ...changed });
}

const membership = 'http://purl.imsglobal.org/vocab/lis/v2/membership';

/** The context roles, spelled out. */
export const roleUri = {
  instructor: `${membership}#Instructor`,
  assistant: `${membership}/Instructor#TeachingAssistant`,
  author: `${membership}#ContentDeveloper`,
  learner: `${membership}#Learner`,
  mentor: `${membership}#Mentor`,
} as const;

/**
 * Somebody opens an activity, and the LMS says this or that otherwise than it would.
 *
 * @param claims as for `withClaims`
 * @returns their browser, on the page of ours at the end
 */
export async function launchWith(
  { lms, browserOf }: School,
  { person, activity, claims }: { person: string; activity: string; claims: Record<string, unknown> },
): Promise<Robot> {
  const robot = await browserOf(person);
  lms.nextToken = withClaims(claims);
  await robot.launch(lms.activityUrl(activity));
  return robot;
}

/** The form that takes a browser on, at the LMS's login initiation and again with the token. */
export const autoSubmit = 'form[data-auto-submit]';

/** Opens an activity up to the page whose form announces the launch to us; `robot.submit(autoSubmit)` sends it. */
export async function holdLogin(robot: Robot, activityUrl: string): Promise<Record<string, string>> {
  await robot.open(activityUrl);
  await robot.open(robot.page.$('iframe').attr('src') ?? '');
  return fieldsOf(robot);
}

/** The same up to the page whose form holds the signed token; `robot.submit(autoSubmit)` sends that. */
export async function holdLaunch(
  robot: Robot,
  activityUrl: string,
  login: Record<string, FieldValue> = {},
): Promise<Record<string, string>> {
  await holdLogin(robot, activityUrl);
  await robot.submit(autoSubmit, login);
  return fieldsOf(robot);
}

function fieldsOf({ page: { $ } }: Robot) {
  const inputs = $(`${autoSubmit} input`).toArray();
  return Object.fromEntries(inputs.map((input) => [$(input).attr('name') ?? '', $(input).attr('value') ?? '']));
}
