// What the practice Google Classroom remembers: accounts, courses, posts with what others put into them, and what was agreed to. Ids are
// strings of digits, as Google's are.
import type { Key } from '../state.ts';

export type ItemType = 'courseWork' | 'courseWorkMaterials' | 'announcements';

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
  copyHistory: { courseId: string; itemId: string; attachmentId: string }[];
  /** Points by submission. */
  pointsEarned: Record<string, number>;
}

export interface Submission {
  id: string;
  userId: string;
  draftGrade: number | null;
  assignedGrade: number | null;
}

/** A post of a course. */
export interface Item {
  id: string;
  courseId: string;
  type: ItemType;
  title: string;
  maxPoints: number | null;
  links: string[];
  /** The client that made it; null for a teacher. */
  madeBy: string | null;
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
export type ApiFault = 401 | 403 | 404 | 429 | 500 | null;

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
    host: { sessions: [], addOns: [], draftIds: [], turnedInIds: [] },
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
  /** Posts that their teachers have not given to the course yet. */
  draftIds: string[];
  /** Submissions that their students have turned in and not taken back. */
  turnedInIds: string[];
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
