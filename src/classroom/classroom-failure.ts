// What Classroom means by a refusal: a word of its own at the beginning of the message, or else the status.
import { z } from 'zod';
import { parseJson } from '../outbound/json.ts';
import type { PlatformAnswer } from '../outbound/platform-http.ts';
import { classifyFailure, type ServiceFailure } from '../outbound/service-failure.ts';

const codes = {
  ExpiredAddOnToken: 'token-expired',
  InvalidAddOnToken: 'wrong-account',
  ProjectPermissionDenied: 'other-project',
  ClassroomApiDisabled: 'classroom-disabled',
  ClassroomDisabled: 'classroom-disabled',
  AttachmentNotVisible: 'not-visible',
  CourseNotModifiable: 'course-archived',
  InactiveCourseOwner: 'course-archived',
} as const;

/**
 * `token-expired`: the frame was open for too long. `wrong-account`: the browser is signed in with another account than Classroom's page.
 * `other-project`: made by somebody else's client. `scope-missing`: the person has not agreed to this. `not-allowed`: not in this course, or
 * not in that role. `not-there`: deleted, or not to be seen.
 */
export type ClassroomRefusal =
  | (typeof codes)[keyof typeof codes]
  | 'scope-missing'
  | 'not-allowed'
  | 'not-there'
  | 'signed-out'
  | 'unavailable'
  | 'refused';

export type ClassroomFailure = ServiceFailure & { code: ClassroomRefusal };

const errorSchema = z.object({
  error: z.object({
    message: z.string().catch(''),
    status: z.string().catch(''),
    details: z.array(z.looseObject({ reason: z.string().optional() })).catch([]),
  }),
});

/** @see classroom.md §2.9; https://developers.google.com/workspace/classroom/troubleshooting/common-errors */
export function classroomFailure(answer: PlatformAnswer, secrets: string[], now: Date): ClassroomFailure {
  const failure = classifyFailure(answer, secrets, now);
  return { ...failure, code: codeOf(answer, failure) };
}

function codeOf(answer: PlatformAnswer, { kind }: ServiceFailure): ClassroomRefusal {
  if (kind === 'unavailable') return 'unavailable';
  const said = answer.ok ? errorSchema.safeParse(parseJson(answer.text)).data?.error : undefined;
  // The word ends with the first space.
  const word = /^@(\w+) /.exec(`${said?.message ?? ''} `)?.[1] ?? '';
  if (Object.hasOwn(codes, word)) return codes[word as keyof typeof codes];
  if (said?.details.some(({ reason }) => reason === 'ACCESS_TOKEN_SCOPE_INSUFFICIENT')) return 'scope-missing';
  if (/insufficient authentication scopes/i.test(said?.message ?? '')) return 'scope-missing';
  switch (answer.status) {
    case 401:
      return 'signed-out';
    case 403:
      return 'not-allowed';
    case 404:
      return 'not-there';
    default:
      return 'refused';
  }
}
