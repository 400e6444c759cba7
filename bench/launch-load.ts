// Students who open an activity all at once, each in a browser of their own, as far as a tool notices: announced, sent to the LMS and
// back, and then asked for who they are. What the LMS does meanwhile is on nobody's clock.
import { Pool } from 'undici';
import { Browser } from './browser.ts';
import type { LaunchingLms, Student } from './launching-lms.ts';

/** A tool under load. */
export interface Tool {
  /** Its origin. */
  url: string;
  loginPath: string;
  /** Where the LMS says that its link leads. */
  target: string;
  /** What is looked at once a launch is answered, and says who is signed in. @param sentTo where the answer sends the browser */
  look: (sentTo: string) => string;
}

export interface Visit {
  student: Student;
  cookies: Map<string, string>;
}

/** What came of one round. */
export interface Round {
  launchesPerSecond: number;
  /** Milliseconds that each launch waited for the tool. */
  waits: number[];
}

/** @throws if anybody is refused, or taken for somebody else */
export async function launchAll(
  { lms, tool, atOnce }: { lms: LaunchingLms; tool: Tool; atOnce: number },
  visits: readonly Visit[],
): Promise<Round> {
  const pool = new Pool(tool.url, { connections: atOnce });
  const browsers = visits.map(({ student, cookies }) => ({ student, browser: new Browser(pool, cookies) }));
  const logins = await timed(browsers, atOnce, async ({ student, browser }) => {
    let sentTo = await browser.post(tool.loginPath, lms.login(student, tool.target));
    while (sentTo.startsWith('/')) sentTo = await browser.follow(sentTo);
    const { nonce = '', state = '', redirect_uri: redirectUri = '' } = Object.fromEntries(new URL(sentTo).searchParams);
    return { nonce, state, redirectUri };
  });
  const forms = browsers.map((one, index) => {
    const { nonce = '', state = '', redirectUri = '' } = logins.results[index] ?? {};
    const idToken = lms.idToken(one.student, { nonce, target: tool.target });
    return { ...one, redirectUri, form: new URLSearchParams({ id_token: idToken, state }) };
  });
  const launches = await timed(forms, atOnce, async ({ student, browser, redirectUri, form }) => {
    const sentTo = await browser.post(new URL(redirectUri).pathname, form);
    const said = await browser.look(tool.look(sentTo));
    if (!said.includes(student.name)) throw new Error(`${student.name} was not let in, but told: ${said}`);
  });
  await pool.close();
  return {
    launchesPerSecond: visits.length / (logins.seconds + launches.seconds),
    waits: logins.waits.map((wait, index) => wait + (launches.waits[index] ?? 0)),
  };
}

/** Does it for all, so many at once. */
async function timed<One, Result>(all: readonly One[], atOnce: number, act: (one: One) => Promise<Result>) {
  const results: Result[] = [];
  const waits: number[] = [];
  let next = 0;
  const work = async () => {
    for (let index = next++; index < all.length; index = next++) {
      const begun = performance.now();
      results[index] = await act(all[index] as One);
      waits[index] = performance.now() - begun;
    }
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: atOnce }, work));
  return { results, waits, seconds: (performance.now() - begun) / 1000 };
}
