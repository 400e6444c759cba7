// One student at one quiz as their phone does it: launch, page and all its files, one answer after another through the journal, handing
// in, and the result. Whatever gets no good answer is tried again, as people and pages do.
import { setTimeout } from 'node:timers/promises';
import { load } from 'cheerio';
import type { Pool } from 'undici';
import { z } from 'zod';
import { persist, type Hiccups } from '../test/faults/pause.ts';
import { openJournal, type Journal } from '../test/support/journal.ts';
import { Browser } from './browser.ts';
import type { LaunchingLms, Student } from './launching-lms.ts';
import { questionCount } from './quiz-of-sums.ts';

/** A tool, and who opens it. */
export interface Hall {
  /** Connections to the tool, which all share. */
  pool: Pool;
  /** Its origin. */
  url: string;
  lms: LaunchingLms;
}

/** What became of a sitting. */
export interface Sat {
  attemptId: number;
  /** Milliseconds from the first try to send an answer until it was said to be taken. */
  saves: number[];
}

const reply = z.object({ taken: z.array(z.tuple([z.string(), z.number()])) });

/** Between two tries. */
const betweenMs = 300;

/**
 * @param how.answer what is answered at a position
 * @param how.betweenMs between two answers
 * @param how.hiccups counts what had to be tried again
 */
export async function sit(
  { pool, url, lms }: Hall,
  student: Student,
  how: { answer: (position: number) => string; betweenMs: number; hiccups: Hiccups; signal: AbortSignal },
): Promise<Sat> {
  const browser = new Browser(pool, new Map());
  const again = { ...how, betweenMs };
  const place = await persist(() => launch(browser, { url, lms, student }), again);
  const path = await persist(() => start(browser, place), again);
  const page = await persist(() => openPaper(browser, path), again);
  const journal = openJournal(page, () => new Date());
  const saves: number[] = [];
  for (let position = 0; position < questionCount; position++) {
    const entry = await journal.answer(`q${position}`, how.answer(position));
    const begun = performance.now();
    await persist(() => save(browser, journal, entry), again);
    saves.push(performance.now() - begun);
    if (how.betweenMs > 0) await setTimeout(how.betweenMs, undefined, { signal: how.signal });
  }
  await persist(handsIn(browser, path), again);
  return { attemptId: Number(/\d+/.exec(path)?.[0]), saves };
}

/** @returns where the LMS's link leads in the end */
async function launch(
  browser: Browser,
  { url, lms, student }: { url: string; lms: LaunchingLms; student: Student },
): Promise<string> {
  const target = `${url}/lti/launch`;
  let sentTo = await browser.post('/lti/login', lms.login(student, target));
  while (sentTo.startsWith('/')) sentTo = await browser.follow(sentTo);
  const { nonce = '', state = '' } = Object.fromEntries(new URL(sentTo).searchParams);
  const form = new URLSearchParams({ id_token: lms.idToken(student, { nonce, target }), state });
  return browser.post('/lti/launch', form);
}

/** Begins an attempt, or goes on with the one that is open. @returns where it is */
async function start(browser: Browser, place: string): Promise<string> {
  return browser.post(place, csrfIn(await browser.look(place)));
}

/** The page of an attempt, with the files that a browser which comes for the first time fetches. */
async function openPaper(browser: Browser, path: string): Promise<Parameters<typeof openJournal>[0]> {
  const html = await browser.look(path);
  const files = new Set(html.match(/\/assets\/[^"]+/g));
  await Promise.all([...files].map((file) => browser.look(file)));
  return { $: load(/<form id="attempt"[^>]*>/.exec(html)?.[0] ?? ''), url: `http://tool${path}` };
}

async function save(browser: Browser, { url, client }: Journal, entry: string): Promise<void> {
  const told = await browser.send(new URL(url).pathname, new URLSearchParams({ sealed: entry }));
  if (!reply.parse(JSON.parse(told)).taken.some(([sender]) => sender === client))
    throw new Error('An answer was not taken');
}

/** A step that hands in; where it was tried before, what was handed in without our learning of it shows its result. */
function handsIn(browser: Browser, path: string): () => Promise<void> {
  const isHandedIn = async () => (await browser.look(path)).includes('class="result');
  let wasTried = false;
  return async () => {
    if (wasTried && (await isHandedIn())) return;
    wasTried = true;
    await browser.post(`${path}/submission`, csrfIn(await browser.look(`${path}/submission`)));
    if (!(await isHandedIn())) throw new Error('What was handed in shows no result');
  };
}

function csrfIn(html: string): URLSearchParams {
  const [, token] = /name="_csrf" value="([^"]+)"/.exec(html) ?? [];
  if (token === undefined) throw new Error(`A page has no form: ${html.slice(0, 300)}`);
  return new URLSearchParams({ _csrf: token });
}
