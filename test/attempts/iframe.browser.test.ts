// In a browser that keeps third-party cookies out, with LMS and tool on different sites, the quiz works inside the iframe.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { sample } from '../../src/practice/sample-courses.ts';
import { browserTest as test, startInChromium, type MustaqilInChromium } from '../support/chromium.ts';
import { publish } from '../support/people.ts';
import { openActivity, signIn } from '../support/student.ts';

let mustaqil: MustaqilInChromium;
const servers: Server[] = [];

beforeAll(async () => {
  mustaqil = await startInChromium();
  await publish(mustaqil);
});
afterAll(async () => {
  await mustaqil.stop();
  for (const server of servers) server.close();
});

test('this browser keeps no third-party cookie but a partitioned one', async () => {
  const cookies = ['plain=1; Secure; SameSite=None', 'parted=1; Secure; SameSite=None; Partitioned'];
  const framed = await serve((sent) => `<p>cookies: ${sent}</p>`, cookies);
  const outer = await serve(() => `<iframe src="http://localhost:${portOf(framed)}/"></iframe>`, []);
  const page = await mustaqil.browser.newPage();
  await page.goto(`http://127.0.0.1:${portOf(outer)}/`);
  await page.frameLocator('iframe').locator('p').waitFor();
  await page.reload();
  expect(await page.frameLocator('iframe').locator('p').textContent()).toBe('cookies: parted=1');
  await page.close();
});

test('Aziz answers inside the iframe, comes back later, hands in, and the grade arrives', async () => {
  const page = await signIn(mustaqil, sample.aziz);
  const quiz = await openActivity(page, mustaqil);
  await quiz.getByRole('button', { name: 'Start' }).click();
  await quiz.getByLabel('Bishkek').check();
  await quiz.getByText('All answers are saved.').waitFor();
  await quiz.locator('.question-numeric input').fill('5');
  await quiz.getByText('2 of 2 answered').waitFor();
  await quiz.getByText('All answers are saved.').waitFor();

  const again = await openActivity(page, mustaqil);
  await again.getByRole('button', { name: 'Continue' }).click();
  await again.getByLabel('Bishkek').waitFor();
  expect(await again.getByLabel('Bishkek').isChecked()).toBe(true);
  expect(await again.locator('.question-numeric input').inputValue()).toBe('5');
  await again.getByRole('button', { name: 'Go on to hand in' }).click();
  await again.getByText('You have answered every question.').waitFor();
  await again.getByRole('button', { name: 'Hand in' }).click();
  await again.getByText('2 of 2 points').first().waitFor();

  await mustaqil.deliver();
  expect(mustaqil.lms.gradeOf(sample.physics.mechanics, sample.aziz)).toMatchObject({ points: 100 });
  await page.context().close();
});

/** A page on this machine, which sets cookies and shows those it got. */
async function serve(body: (cookies: string) => string, cookies: string[]): Promise<Server> {
  const server = createServer((req, res) => {
    res.setHeader('Set-Cookie', cookies);
    res.setHeader('Content-Type', 'text/html');
    res.end(body(req.headers.cookie ?? ''));
  }).listen(0);
  servers.push(server);
  await once(server, 'listening');
  return server;
}

function portOf(server: Server) {
  return (server.address() as AddressInfo).port;
}
