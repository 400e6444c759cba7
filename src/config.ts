// The only reader of the environment. Every fault in it is named at once, before anything starts.
import { hkdfSync, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

/** Separate keys from the one secret, so that no use of one tells anything about another. 32 bytes each. */
export interface SecretKeys {
  /** Seals the `state` of a login. */
  state: Uint8Array;
  /** Seals our private keys in the database. */
  toolKeys: Uint8Array;
  /** Makes the keys of attempts' journals. */
  journal: Uint8Array;
  /** Makes CSRF tokens. */
  csrf: Uint8Array;
  /** Makes the pseudonyms of people in an export of analytics. */
  analytics: Uint8Array;
}

export interface Config {
  port: number;
  /** Origin at which browsers and LMSs reach us, without a slash at the end. */
  publicUrl: string;
  /** No PUBLIC_URL was given: this is somebody trying the tool on one machine. */
  isTrial: boolean;
  /** `null`: the embedded database in `dataDir`. */
  databaseUrl: string | null;
  dataDir: string;
  /** Whether the practice LMS runs beside us, on the next port. */
  practice: boolean;
  /** Null where nobody said. */
  logLevel: string | null;
  /** In which times are shown: an IANA zone. */
  timeZone: string;
  /** `http:` endpoints of an LMS are accepted on loopback only, and only while we are not on https ourselves. */
  allowHttpLoopback: boolean;
  /** Hosts that we may call although their addresses are private: an LMS beside us in the machine room. */
  allowedPrivateHosts: string[];
  /** After how many days what goes by itself (privacy/apply-retention.ts); null: never. */
  retention: { connectionLogDays: number | null; answersDays: number | null; peopleDays: number | null };
  /** By which people are named in an export of analytics; null: none is allowed. */
  analyticsKey: Uint8Array | null;
  keys: SecretKeys;
}

const days = z.coerce
  .number('give a number of days')
  .int('give a whole number of days')
  .min(1, 'give at least one day; leave it out to keep things for ever')
  .max(36_500, 'give at most 36500 days')
  .optional();

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, abort: true })
    .refine((url) => new URL(url).pathname === '/' && !url.includes('?'), 'must be an origin, without a path')
    .transform((url) => new URL(url).origin)
    .optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATA_DIR: z.string().default('data'),
  MUSTAQIL_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  ALLOWED_PRIVATE_HOSTS: z
    .string()
    .default('')
    .transform((list) => list.split(/[\s,]+/).filter(Boolean)),
  PRACTICE: z.enum(['on', 'off']).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional(),
  ANALYTICS_EXPORT: z.enum(['on', 'off']).default('off'),
  RETAIN_CONNECTION_LOG_DAYS: days,
  RETAIN_ANSWERS_DAYS: days,
  RETAIN_PEOPLE_DAYS: days,
  TZ: z
    .string()
    .refine((zone) => isTimeZone(zone), 'is not a time zone')
    .default('Asia/Tashkent'),
});

/**
 * Reads the settings.
 *
 * @throws one error that lists every variable that is wrong, in words for whoever starts the program
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  // An empty variable counts as none: that is how compose files leave one out.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const read = environment.safeParse(given);
  if (!read.success) {
    throw new Error(read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
  }
  const { PORT, PUBLIC_URL, DATABASE_URL, DATA_DIR, MUSTAQIL_SECRET, PRACTICE, LOG_LEVEL, TZ } = read.data;
  const { ALLOWED_PRIVATE_HOSTS } = read.data;
  const isHttps = PUBLIC_URL?.startsWith('https:') ?? false;
  if (isHttps && !MUSTAQIL_SECRET) {
    throw new Error('MUSTAQIL_SECRET: is required when PUBLIC_URL is https; make one with: openssl rand -hex 32');
  }
  if (PUBLIC_URL && !isHttps && !isLoopback(new URL(PUBLIC_URL).hostname)) {
    throw new Error('PUBLIC_URL: must be https, or browsers keep no cookie in the frame of an LMS');
  }
  const dataDir = resolve(DATA_DIR);
  const keys = deriveKeys(MUSTAQIL_SECRET ?? ownSecret(dataDir));
  return {
    port: PORT,
    publicUrl: PUBLIC_URL ?? `http://localhost:${PORT}`,
    isTrial: PUBLIC_URL === undefined,
    databaseUrl: DATABASE_URL ?? null,
    dataDir,
    practice: PRACTICE ? PRACTICE === 'on' : PUBLIC_URL === undefined,
    logLevel: LOG_LEVEL ?? null,
    timeZone: TZ,
    allowHttpLoopback: !isHttps,
    allowedPrivateHosts: ALLOWED_PRIVATE_HOSTS,
    retention: {
      connectionLogDays: read.data.RETAIN_CONNECTION_LOG_DAYS ?? null,
      answersDays: read.data.RETAIN_ANSWERS_DAYS ?? null,
      peopleDays: read.data.RETAIN_PEOPLE_DAYS ?? null,
    },
    analyticsKey: read.data.ANALYTICS_EXPORT === 'on' ? keys.analytics : null,
    keys,
  };
}

/** @param secret at least 32 characters; who has it can open everything the keys close */
export function deriveKeys(secret: string): SecretKeys {
  const key = (use: string) => new Uint8Array(hkdfSync('sha256', secret, '', `mustaqil ${use}`, 32));
  return {
    state: key('state'),
    toolKeys: key('tool-keys'),
    journal: key('journal'),
    csrf: key('csrf'),
    analytics: key('analytics'),
  };
}

/** Without a secret from outside, one is made at the first start and kept beside the data, readable to us alone. */
function ownSecret(dataDir: string) {
  const file = join(dataDir, 'secret');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8');
}

function isLoopback(hostname: string) {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || /^(127\.|\[::1\]$)/.test(hostname);
}

function isTimeZone(zone: string) {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
