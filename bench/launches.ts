// How many students a second a tool lets in: login, launch, and who they are, by one process of ours on a durable PostgreSQL and by
// ltijs, which keeps everything in memory, both on the machine that plays the students and their LMS. The two take turns, and the
// median of their rounds counts.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTool } from '../test/support/tool-process.ts';
import { registerCourses } from './launch-courses.ts';
import { launchAll, type Round, type Tool, type Visit } from './launch-load.ts';
import { startLaunchingLms, type LaunchingLms } from './launching-lms.ts';
import { startLtijs } from './ltijs.ts';
import { withPostgres } from './postgres.ts';
import { exactRow, figureRow, ifEnough, timesPeerRow, type Row } from './row.ts';

const secret = 'a secret for benches, of no use anywhere else';
const rounds = 5;
const budget = 2;

interface Load {
  name: string;
  courseCount: number;
  atOnce: number;
  /** Whether the tool has never met these browsers. */
  areNew?: boolean;
}

const loads: Load[] = [
  { name: 'launches, 50 of one course at once', courseCount: 1, atOnce: 50 },
  { name: 'launches, 200 of one course at once', courseCount: 1, atOnce: 200 },
  { name: 'launches, 200 of 20 courses at once', courseCount: 20, atOnce: 200 },
  { name: 'launches, 200 of one course at once, in new browsers', courseCount: 1, atOnce: 200, areNew: true },
];

/** @param amounts.launches in each round */
export async function* benchLaunches({ launches }: { launches: number }): AsyncGenerator<Row> {
  const lms = await startLaunchingLms();
  const ltijs = await startLtijs({ ...lms, jwksUrl: lms.jwksUrl('ltijs') });
  const theirs: Tool = { url: ltijs.url, loginPath: '/login', target: `${ltijs.url}/`, look: (sentTo) => sentTo };
  try {
    yield* await withOurs(lms, (ours) => compare({ lms, ours, theirs, launches }));
  } finally {
    await ltijs.stop();
    await lms.stop();
  }
}

async function withOurs(lms: LaunchingLms, work: (ours: Tool) => Promise<Row[]>): Promise<Row[]> {
  return withPostgres(async (newDatabase) => {
    const database = await newDatabase();
    const folder = await mkdtemp(join(tmpdir(), 'mustaqil-bench-'));
    const ids = Array.from(
      { length: Math.max(...loads.map(({ courseCount }) => courseCount)) },
      (_, index) => `${index}`,
    );
    await registerCourses(database.db, { lms, jwksUrl: lms.jwksUrl('ours'), secret, ids });
    const settings = { DATABASE_URL: database.url, DATA_DIR: folder, MUSTAQIL_SECRET: secret };
    // As both are run for people.
    const tool = await startTool({ NODE_ENV: 'production', ...settings });
    try {
      const { url } = tool;
      return await work({ url, loginPath: '/lti/login', target: `${url}/lti/launch`, look: () => '/session' });
    } finally {
      await tool.kill();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
}

interface Rivals {
  lms: LaunchingLms;
  ours: Tool;
  theirs: Tool;
  launches: number;
}

async function compare({ lms, ours, theirs, launches }: Rivals): Promise<Row[]> {
  const rows: Row[] = [];
  const [ourBrowsers, theirBrowsers] = [newBrowsers(launches), newBrowsers(launches)];
  const play = (tool: Tool, browsers: Browsers, load: Load) =>
    launchAll({ lms, tool, atOnce: load.atOnce }, visitsOf(load, browsers));
  for (const load of loads) await play(ours, ourBrowsers, load);
  await play(theirs, theirBrowsers, loads[0] as Load);
  const fetchedBefore = { ours: lms.fetches('ours'), theirs: lms.fetches('ltijs') };
  for (const load of loads) {
    const [our, their]: [Round[], Round[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      our.push(await play(ours, ourBrowsers, load));
      their.push(await play(theirs, theirBrowsers, load));
    }
    rows.push(rateRow(load.name, our, their, launches), waitRow(load.name, our, their));
  }
  const all = loads.length * rounds * launches;
  const peer = (lms.fetches('ltijs') - fetchedBefore.theirs) / all;
  const fetched = (lms.fetches('ours') - fetchedBefore.ours) / all;
  rows.push({ ...exactRow('JWKS fetches per launch when warm', fetched, 'fetches', 0), peer });
  const page = { ...ours, look: (sentTo: string) => sentTo };
  const [load] = loads;
  if (load) {
    const seen: Round[] = [];
    for (let round = 0; round < rounds; round++) seen.push(await play(page, ourBrowsers, load));
    rows.push(figureRow(`${load.name}, up to the page of the quiz`, rateOf(seen), 'launches/s'));
  }
  return rows;
}

function rateRow(name: string, our: readonly Round[], their: readonly Round[], launches: number): Row {
  return ifEnough(timesPeerRow(name, rateOf(our), 'launches/s', rateOf(their), budget), launches);
}

function waitRow(name: string, our: readonly Round[], their: readonly Round[]): Row {
  const [figure, peer] = [our, their].map((all) => median(all.map(({ waits }) => percentile95(waits)))) as [
    number,
    number,
  ];
  return { ...figureRow(`${name}: 95 of 100 within`, figure, 'ms'), peer };
}

const rateOf = (all: readonly Round[]) => median(all.map(({ launchesPerSecond }) => launchesPerSecond));

const sorted = (values: readonly number[]) => [...values].sort((one, other) => one - other);
const median = (values: readonly number[]) => Math.round(sorted(values)[Math.floor(values.length / 2)] ?? 0);
const percentile95 = (values: readonly number[]) => sorted(values)[Math.floor(values.length * 0.95)] ?? 0;

/** What each student's browser keeps, by the student. */
type Browsers = Map<string, string>[];

const newBrowsers = (count: number): Browsers => Array.from({ length: count }, () => new Map<string, string>());

/** Each student opens the activity of one course. */
function visitsOf({ courseCount, areNew = false }: Load, browsers: Browsers): Visit[] {
  return browsers.map((cookies, number) => {
    const name = `Talaba ${String(number).padStart(4, '0')}`;
    const student = { subject: `student-${number}`, name, courseId: `${number % courseCount}` };
    return { student, cookies: areNew ? new Map<string, string>() : cookies };
  });
}
