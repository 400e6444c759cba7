// What every refusal owes to whoever reads it.
import { expect } from '@jest/globals';
import type { Asked } from './ask.ts';

/** The code on a page; undefined on a page that refuses nothing. */
export function refusalOf({ $ }: Pick<Asked, '$'>): string | undefined {
  return $('meta[name="refusal"]').attr('content');
}

/**
 * Checks that a page refuses with this status and code, in a way people can act on: HTML with a heading, a next step and the
 * request's number, and nothing on it of where in our code it happened or of the `secrets` that were sent.
 */
export function expectRefusal(page: Asked, [status, code]: [status: number, code: string], secrets: string[] = []) {
  const { headers, html, $ } = page;
  expect({ status: page.status, code: refusalOf(page) }).toEqual({ status, code });
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect($('h1').text()).not.toBe('');
  expect($('.lead').text()).not.toBe('');
  expect($('main').text()).toContain(headers.get('x-request-id') ?? 'a request id');
  expect(html).not.toMatch(/node_modules|\.[tj]s:\d|\n\s+at /);
  for (const secret of secrets.filter((text) => text !== '')) expect(html.includes(secret)).toBe(false);
}
