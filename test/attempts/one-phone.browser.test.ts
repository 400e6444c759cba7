// One phone for several students, and one student with several devices: nothing is lost, and nobody reads what is another's.
import { afterAll, beforeAll, expect } from '@jest/globals';
import { asc } from 'drizzle-orm';
import type { Page } from 'playwright-core';
import { answers } from '../../src/database/tables/attempts.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { violationsIn } from '../support/accessibility.ts';
import { browserTest as test, startInChromium, type MustaqilInChromium } from '../support/chromium.ts';
import { publish } from '../support/people.ts';
import { openInWindow, signIn } from '../support/student.ts';
import { until } from '../support/until.ts';

const handOver = 'Sign out and hand over the device';
let mustaqil: MustaqilInChromium;

beforeAll(async () => {
  mustaqil = await startInChromium();
  await publish(mustaqil);
});
afterAll(() => mustaqil.stop());

test('Aziz hands his phone to Aigul: what he could not send goes by itself while she works, and she can read none of it', async () => {
  const lms = await signIn(mustaqil, sample.aziz);
  const ofAziz = await openInWindow(lms, mustaqil);
  await ofAziz.getByRole('button', { name: 'Start' }).click();
  await ofAziz.getByText('Every answer is saved as you give it.').waitFor();
  // From here on nothing of his arrives.
  await ofAziz.context().route('**/journal', (route) => route.abort());
  await ofAziz.locator('.question-numeric input').fill('5');
  await ofAziz.getByText('your answers are kept on this device').waitFor();
  const address = ofAziz.url();

  await ofAziz.getByRole('button', { name: handOver }).click();
  await ofAziz.getByText('Not sent yet: 1 of your answers.').waitFor();
  await ofAziz.getByRole('link', { name: 'Save the file' }).waitFor();
  await ofAziz.getByRole('button', { name: handOver }).click();
  await ofAziz.getByRole('heading', { name: 'This device is free' }).waitFor();
  await ofAziz.getByText('Not sent yet from this device: 1 answers.').waitFor();
  expect(await ofAziz.content()).not.toContain('Aziz');
  expect(await answerTexts()).toEqual([]);

  // Neither the way back nor the address shows anything of his.
  await ofAziz.goBack();
  await ofAziz.locator('meta[name=refusal][content=signed-out]').waitFor({ state: 'attached' });
  await ofAziz.goto(address);
  await ofAziz.locator('meta[name=refusal][content=signed-out]').waitFor({ state: 'attached' });
  expect(await keptIn(ofAziz)).toEqual({ entries: ['q1'], clients: 0, isSealed: true });
  await ofAziz.close();

  await lms.context().unroute('**/journal');
  const ofAigul = await signInHere(lms, sample.aigul);
  await ofAigul.getByRole('button', { name: 'Start' }).click();
  await ofAigul.getByLabel('Bishkek').check();
  await ofAigul.getByText('All answers are saved.').waitFor();
  await until(async () => (await answerTexts()).length === 2);
  expect(await ofAigul.locator('.question-numeric input').inputValue()).toBe('');
  expect((await answerTexts()).join()).toMatch(/5/);
  expect(await keptIn(ofAigul)).toMatchObject({ entries: [] });
  await ofAigul.goto(address);
  await ofAigul.locator('meta[name=refusal][content=not-found]').waitFor({ state: 'attached' });
  await lms.context().close();
});

test('Ivan hands his phone over underground: it shows nothing of his at once and says so at its top, to whoever cannot see too, and signs him out by itself when the network is back', async () => {
  const lms = await signIn(mustaqil, sample.ivan, { bypassCSP: true });
  const context = lms.context();
  const ofIvan = await openInWindow(lms, mustaqil);
  await ofIvan.getByRole('button', { name: 'Start' }).click();
  await ofIvan.getByText('Every answer is saved as you give it.').waitFor();
  await context.setOffline(true);
  await ofIvan.locator('.question-numeric input').fill('7');
  await ofIvan.getByText('No internet since').waitFor();

  await ofIvan.getByRole('button', { name: handOver }).click();
  await ofIvan.getByText('Not sent yet: 1 of your answers.').waitFor();
  await ofIvan.getByRole('button', { name: handOver }).click();
  await ofIvan.getByRole('heading', { name: handOver, level: 1 }).waitFor();
  await ofIvan.getByRole('main').getByText('There is no connection, so you cannot be signed out yet.').waitFor();
  expect(await ofIvan.title()).toBe(handOver);
  expect(await violationsIn(ofIvan.mainFrame())).toEqual([]);
  expect(await ofIvan.locator('body').textContent()).not.toContain('Ivan');
  expect(await ofIvan.locator('.question-numeric').count()).toBe(0);
  expect((await keptIn(ofIvan)).isSealed).toBe(true);

  await context.setOffline(false);
  await ofIvan.getByRole('heading', { name: 'This device is free' }).waitFor();
  await until(async () => (await answerTexts()).some((text) => text.includes('7')));
  await context.close();
});

test('Omurbek goes on at a tablet with what was begun at a phone, and the phone says so', async () => {
  const phone = await openInWindow(await signIn(mustaqil, sample.omurbek), mustaqil);
  await phone.getByRole('button', { name: 'Start' }).click();
  await phone.getByLabel('Bishkek').check();
  await phone.getByText('All answers are saved.').waitFor();

  const tablet = await openInWindow(await signIn(mustaqil, sample.omurbek), mustaqil);
  await tablet.getByRole('button', { name: 'Continue' }).click();
  await tablet.getByText('This attempt goes on on another device').waitFor();
  expect(await tablet.getByLabel('Bishkek').isChecked()).toBe(true);
  await tablet.getByRole('button', { name: 'Continue here' }).click();
  await tablet.getByText('Every answer is saved as you give it.').waitFor();
  await tablet.locator('.question-numeric input').fill('5');
  await tablet.getByText('All answers are saved.').waitFor();

  await phone.getByLabel('Osh').check();
  await phone.getByText('This attempt goes on on another device').waitFor();
  expect(await phone.getByLabel('Osh').isEnabled()).toBe(false);
  await tablet.reload();
  await tablet.getByLabel('Bishkek').waitFor();
  expect(await tablet.getByLabel('Bishkek').isChecked()).toBe(false);
  expect(await tablet.locator('.question-numeric input').inputValue()).toBe('5');
  await Promise.all([phone, tablet].map((page) => page.context().close()));
});

/** Somebody else signs in to the LMS in this browser, and opens the activity in a window of its own. */
async function signInHere(lms: Page, person: string): Promise<Page> {
  await lms.goto(mustaqil.lmsUrl);
  await lms.locator('form[action="/session/end"] button').click();
  await lms.locator(`button[name=person][value="${person}"]`).click();
  return openInWindow(lms, mustaqil);
}

/** What this browser keeps for the journal of any attempt. */
function keptIn(page: Page) {
  return page.evaluate(async () => {
    const opening = indexedDB.open('mustaqil');
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('no answer'));
      });
    const database = await done(opening);
    const all = (name: string) => done(database.transaction(name).objectStore(name).getAll());
    const entries = (await all('entries')) as { field: string | null; sealed: string }[];
    const said = entries.filter(({ field }) => field?.startsWith('q'));
    return {
      entries: said.map(({ field }) => field),
      clients: (await all('clients')).length,
      isSealed: said.every(({ sealed }) => /^[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/.test(sealed)),
    };
  });
}

async function answerTexts(): Promise<string[]> {
  const rows = await mustaqil.db.select().from(answers).orderBy(asc(answers.attemptId), asc(answers.position));
  return rows.map(({ response }) => JSON.stringify(response));
}
