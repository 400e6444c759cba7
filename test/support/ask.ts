// One request, by hand: with whatever cookies, headers and fields a test says, and without following where it leads.
import { load, type CheerioAPI } from 'cheerio';
import type { Robot } from '../../src/practice/robot.ts';

export interface Asked {
  status: number;
  headers: Headers;
  html: string;
  $: CheerioAPI;
}

export interface Question {
  /** GET unless there is a body. */
  method?: string;
  /** Sent as a form; lists of pairs may repeat a name. */
  form?: Record<string, string> | [string, string][];
  /** Sent as it is. */
  body?: string | FormData;
  headers?: Record<string, string>;
  /** Whose cookies go along. */
  as?: Robot;
}

/** @param url absolute */
export async function ask(url: string, { method, form, body, headers = {}, as }: Question = {}): Promise<Asked> {
  const sent = form ? new URLSearchParams(form) : (body ?? null);
  const cookie = as ? cookiesOf(as, new URL(url).hostname) : '';
  const response = await fetch(url, {
    method: method ?? (sent === null ? 'GET' : 'POST'),
    headers: { accept: 'text/html', ...(cookie && { cookie }), ...headers },
    body: sent,
    redirect: 'manual',
  });
  const html = await response.text();
  return { status: response.status, headers: response.headers, html, $: load(html) };
}

/** The Cookie header of a robot's browser. */
export function cookiesOf(robot: Robot, hostname: string): string {
  return Object.entries(robot.cookies(hostname))
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');
}
