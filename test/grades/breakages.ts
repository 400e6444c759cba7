// Everything that an LMS can do to keep a grade out of its gradebook, and what it is to be told as.
import type { DeliveryCause, ShownCause } from '../../src/grades/delivery-cause.ts';
import type { PracticeLms } from '../../src/practice/practice-lms.ts';
import { sample } from '../../src/practice/sample-courses.ts';

/** Answers in the LMS's place, or keeps us from it, where it says so. */
export type Meddle = (url: string) => Response | null;

/** What is broken for whom. */
interface Given {
  lms: PracticeLms;
  student: string;
  activity: string;
  meddle: (how: Meddle) => void;
}

export interface Breakage {
  what: string;
  cause: DeliveryCause;
  shown: ShownCause;
  outcome: 'refused' | 'unavailable';
  broken: (given: Given) => void;
  /** The code that the administrator finds, where the LMS as a whole is the matter. */
  code?: string;
  /** How often it has to be tried before it shows; once unless told. */
  tries?: number;
  /** Where breaking it breaks the quiz for everybody. */
  hasOwnQuiz?: boolean;
  /** Which LMS it is; Moodle unless told. */
  quirks?: 'spec';
}

const physics = sample.physics.course;
const tool =
  (fault: ToolFault) =>
  ({ lms }: Pick<Given, 'lms'>) =>
    breakTool(lms, fault);

export type ToolFault = 'tool-off' | 'no-grades' | 'keys-unreachable';

/** Breaks the tool's connection, for a tool that holds no token any more. */
export function breakTool(lms: PracticeLms, fault: ToolFault): void {
  lms.faults.tool = fault;
  forgetTokens(lms);
}

/** As after a while, without one passing. */
export function forgetTokens(lms: PracticeLms): void {
  lms.state.accessTokens.length = 0;
}

/** A student has just handed in, and then: */
export const breakages: Breakage[] = [
  {
    what: 'A student who was unenrolled',
    cause: 'person-refused',
    shown: 'not-enrolled',
    outcome: 'refused',
    broken: ({ lms, student }) => lms.unenrol(student, physics),
  },
  {
    what: 'A student whom Moodle suspended, and leaves out of its list',
    cause: 'person-refused',
    shown: 'not-enrolled',
    outcome: 'refused',
    broken: ({ lms, student }) => lms.suspend(student, physics),
  },
  {
    what: 'A student whom an LMS suspended that says so',
    cause: 'person-refused',
    shown: 'suspended',
    outcome: 'refused',
    broken: ({ lms, student }) => lms.suspend(student, physics),
    quirks: 'spec',
  },
  {
    what: 'A student of the course who takes no grades',
    cause: 'person-refused',
    shown: 'not-gradable',
    outcome: 'refused',
    broken: ({ lms, student }) => (lms.faults.refusedPersonId = student),
  },
  {
    what: 'A column that was deleted in Moodle',
    cause: 'column-gone',
    shown: 'column-gone',
    outcome: 'refused',
    broken: ({ lms, activity }) => lms.deleteColumn(activity),
    hasOwnQuiz: true,
  },
  {
    what: 'A column that was deleted in another LMS',
    cause: 'column-gone',
    shown: 'column-gone',
    outcome: 'refused',
    broken: ({ lms, activity }) => lms.deleteColumn(activity),
    hasOwnQuiz: true,
    quirks: 'spec',
  },
  {
    what: 'A tool that is switched off',
    cause: 'tool-inactive',
    shown: 'tool-inactive',
    outcome: 'unavailable',
    broken: tool('tool-off'),
    code: 'tool-inactive',
  },
  {
    what: 'A tool that may not send grades any more',
    cause: 'scope-not-granted',
    shown: 'scope-not-granted',
    outcome: 'unavailable',
    broken: tool('no-grades'),
    code: 'scope-not-granted',
  },
  {
    what: 'A token that is given and not accepted',
    cause: 'scope-not-granted',
    shown: 'scope-not-granted',
    outcome: 'unavailable',
    broken: ({ lms }) => (lms.faults.status = 401),
    code: 'unauthorized',
  },
  {
    what: 'A key that the LMS cannot fetch',
    cause: 'key-unreachable',
    shown: 'key-unreachable',
    outcome: 'unavailable',
    broken: tool('keys-unreachable'),
    code: 'tool-keys-unreachable',
  },
  {
    what: 'A clock of the LMS that is two hours ahead',
    cause: 'clock-wrong',
    shown: 'clock-wrong',
    outcome: 'unavailable',
    broken: ({ lms }) => (lms.faults.clockAheadSeconds = 7200),
    code: 'clock-wrong',
  },
  {
    what: 'A clock of the LMS that is half a minute behind',
    cause: 'clock-wrong',
    shown: 'clock-wrong',
    outcome: 'unavailable',
    broken: ({ lms }) => {
      lms.faults.clockAheadSeconds = -40;
      forgetTokens(lms);
    },
    code: 'clock-wrong',
  },
  {
    what: 'An address that the tool does not call',
    cause: 'address-refused',
    shown: 'address-refused',
    outcome: 'unavailable',
    broken: ({ meddle }) => {
      meddle(() => {
        throw new TypeError('fetch failed', { cause: { code: 'ADDRESS_REFUSED', message: 'no public address' } });
      });
    },
    code: 'address-refused',
  },
  {
    what: 'A grade that is locked',
    cause: 'grade-locked',
    shown: 'grade-locked',
    outcome: 'unavailable',
    broken: ({ lms, student, activity }) => lms.lockGrade(activity, student),
    tries: 3,
  },
  {
    what: 'A refusal that nobody knows',
    cause: 'other',
    shown: 'other',
    outcome: 'refused',
    broken: ({ meddle }) => {
      meddle((url) => (url.includes('/scores') ? new Response('Not today', { status: 405 }) : null));
    },
  },
  {
    what: 'An LMS that asks for patience',
    cause: 'rate-limited',
    shown: 'rate-limited',
    outcome: 'unavailable',
    broken: ({ lms }) => Object.assign(lms.faults, { status: 429, retryAfterSeconds: 60 }),
    code: 'unavailable',
  },
  {
    what: 'An LMS that is not there',
    cause: 'lms-away',
    shown: 'lms-away',
    outcome: 'unavailable',
    broken: ({ lms }) => (lms.faults.down = 'services'),
    code: 'unavailable',
  },
  {
    what: 'An LMS behind whose proxy nobody answers',
    cause: 'lms-away',
    shown: 'lms-away',
    outcome: 'unavailable',
    broken: ({ lms }) => (lms.faults.status = 503),
    code: 'unavailable',
  },
  {
    what: 'An LMS that answers with an error',
    cause: 'lms-error',
    shown: 'lms-error',
    outcome: 'unavailable',
    broken: ({ lms }) => (lms.faults.status = 500),
    code: 'unavailable',
  },
];
