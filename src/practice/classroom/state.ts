// What the practice Google Classroom remembers: accounts, courses, posts with what others put into them, and what was agreed to. Ids are
// strings of digits, as Google's are.
import type { Key } from '../state.ts';

/** As paths of the API call them. */
export const itemTypes = ['courseWork', 'courseWorkMaterials', 'announcements'] as const;
export type ItemType = (typeof itemTypes)[number];

export interface Account {
  id: string;
  givenName: string;
  familyName: string;
  email: string;
  /** Whether a licence lets them put add-ons into posts. */
  hasAddOns: boolean;
}

export interface PracticeCourse {
  id: string;
  name: string;
  section: string | null;
  teacherIds: string[];
  studentIds: string[];
  isArchived: boolean;
}

export interface Attachment {
  id: string;
  clientId: string;
  title: string;
  teacherViewUri: string;
  studentViewUri: string;
  studentWorkReviewUri: string | null;
  maxPoints: number | null;
  /** UTC, to the minute. */
  dueAtMs: number | null;
  copyHistory: { courseId: string; itemId: string; attachmentId: string }[];
  /** Points by submission. */
  pointsEarned: Record<string, number>;
}

export type SubmissionState = 'NEW' | 'CREATED' | 'TURNED_IN' | 'RETURNED' | 'RECLAIMED_BY_STUDENT';

/** A student's work at an assignment. */
export interface Submission {
  id: string;
  userId: string;
  state: SubmissionState;
  /** As its teachers see it by now. */
  draftGrade: number | null;
  assignedGrade: number | null;
  /** A draft grade that an add-on gave and that nobody sees yet. */
  comingGrade: { points: number | null; atMs: number } | null;
}

/** `DELETED`: was published; its teachers can still ask for it. */
export type ItemState = 'DRAFT' | 'PUBLISHED' | 'DELETED';

/** A post of a course. */
export interface Item {
  id: string;
  courseId: string;
  type: ItemType;
  state: ItemState;
  title: string;
  description: string | null;
  /** Null for a post that is not graded. */
  maxPoints: number | null;
  /** UTC, to the minute. */
  dueAtMs: number | null;
  links: string[];
  /** The client that made it; null for a teacher. */
  madeBy: string | null;
  creatorId: string | null;
  createdAtMs: number;
  updatedAtMs: number;
  attachments: Attachment[];
  submissions: Submission[];
}

/** What one person agreed to for one client. */
export interface Consent {
  userId: string;
  clientId: string;
  scopes: string[];
  /** Null until a lasting token was given, and once it was taken back. */
  refreshToken: string | null;
}

/** Opens a post for one person and one client, for an hour. */
export interface AddOnToken {
  token: string;
  userId: string;
  clientId: string;
  itemId: string;
  expiresAtMs: number;
}

/** A client of Google Cloud, as its owner set it up. */
export interface CloudClient {
  clientId: string;
  clientSecret: string;
  redirectUris: string[];
  scopes: string[];
  /** What addresses of attachments have to begin with. */
  uriPrefixes: string[];
}

/** A fault that the API answers with, in the place of anything else; by HTTP status. */
export type ApiFault = 400 | 401 | 403 | 404 | 429 | 500 | 503 | null;

/** What Google's own pages leave open or say in several ways: the one as well as the other is to be had here. */
export interface Switches {
  /** After how long teachers see a draft grade that an add-on gave. Google says that it takes five to thirty seconds. */
  gradeDelayMs: number;
  /** What the API says to who is not in the course. */
  strangersGet: 403 | 404;
  /** Whether a client may change, return and turn in work at what a teacher made, if it holds an attachment of that client. */
  changesParents: boolean;
  /** How frames are told the kind of a post: `path` as paths of the API do, the others as other pages of Google have it. */
  itemTypeSpelling: 'path' | 'singular' | 'product';
  /** Whether the clients here may use what Google only shows to some: `userProfiles.checkUserCapability`. */
  isInPreview: boolean;
}

export interface State {
  accounts: Account[];
  courses: PracticeCourse[];
  items: Item[];
  clients: CloudClient[];
  consents: Consent[];
  addOnTokens: AddOnToken[];
  codes: Record<string, Code>;
  accessTokens: Record<string, { userId: string; clientId: string; scopes: string[]; expiresAtMs: number }>;
  keys: Key[];
  fault: ApiFault;
  switches: Switches;
  nextId: number;
  host: HostState;
}

/** What a code stands for until it is exchanged. */
export interface Code {
  userId: string;
  clientId: string;
  redirectUri: string;
  codeChallenge: string;
  nonce: string;
  scopes: string[];
  isOffline: boolean;
}

export function emptyState(key: Key): State {
  return {
    ...{ accounts: [], courses: [], items: [], clients: [], consents: [], addOnTokens: [] },
    ...{ codes: {}, accessTokens: {}, keys: [key], fault: null, nextId: 100_000_001 },
    switches: {
      ...{ gradeDelayMs: 0, strangersGet: 404, changesParents: false, itemTypeSpelling: 'path', isInPreview: true },
    },
    host: { sessions: [], addOns: [] },
  };
}

export function newId(state: State): string {
  state.nextId += 1;
  return String(state.nextId);
}

/** What the pages of Classroom remember beside what the API knows. */
export interface HostState {
  /** The newest last. */
  sessions: HostSession[];
  addOns: AddOn[];
}

/** Somebody at a browser. */
export interface HostSession {
  id: string;
  accountId: string | null;
  /** Null: as the browser asks. */
  language: string | null;
}

/** What its owner told the Marketplace of an add-on. */
export interface AddOn {
  clientId: string;
  name: string;
  discoveryUri: string;
  /** Null where it upgrades no links. */
  linkUpgrade: { uri: string; prefix: string } | null;
}
