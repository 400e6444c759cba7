// A tiny browser without a window: cookies, redirects, forms and links over HTTP. It knows nothing of any page except
// that a page with `form[data-auto-submit]` is to be submitted at once, and one with `a[data-leave-frame]` to be left.
import { type CheerioAPI, load } from 'cheerio';
import { createCookieJar } from './cookie-jar.ts';
import { type Entry, type FieldValue, formEntries, type Selection } from './form-fields.ts';

export interface RobotPage {
  status: number;
  /** Where the redirects ended. */
  url: string;
  headers: Headers;
  html: string;
  /** The body as it came, for downloads. */
  bytes: Uint8Array;
  $: CheerioAPI;
}

export interface Robot {
  /** The page the robot is on; throws before the first `open`. */
  readonly page: RobotPage;
  /** GET of an address, which may be relative to the current page. */
  open(url: string): Promise<RobotPage>;
  /**
   * Submits a form of the current page as a browser would, with `fields` in the place of the values on the page.
   *
   * @param form a CSS selector of the form or of a button in it (whose name and value then go along), or the form's
   *   number on the page, from 0
   * @throws when the page has no such form
   */
  submit(form: string | number, fields?: Record<string, FieldValue>): Promise<RobotPage>;
  /** Follows a link of the current page, found by a CSS selector; throws when there is none. */
  click(link: string): Promise<RobotPage>;
  /** Does what the page's script would: submits `form[data-auto-submit]`, follows `a[data-leave-frame]`, until neither is there. */
  settle(): Promise<RobotPage>;
  /** Opens the first iframe of the current page and settles. */
  enter(): Promise<RobotPage>;
  /** Opens a page and enters its frame: the tool's page at the end of an LTI launch. */
  launch(pageUrl: string): Promise<RobotPage>;
  /** What the jar holds for a hostname, by name. */
  cookies(hostname: string): Record<string, string>;
}

interface RobotRequest {
  url: URL;
  method: 'GET' | 'POST';
  body: URLSearchParams | FormData | null;
}

const mostHops = 20;
const goesOn = 'form[data-auto-submit], a[data-leave-frame]';

/** A connection that was kept open was closed from the other side meanwhile: a browser asks again where that changes nothing. */
function wasCut(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && ['ECONNRESET', 'UND_ERR_SOCKET'].includes(String(cause.code));
}

/**
 * A browser with an empty cookie jar.
 *
 * @param options.language sent as Accept-Language
 * @param options.now the clock by which cookies expire
 */
export function createRobot(options: { fetch?: typeof fetch; language?: string; now?: () => Date } = {}): Robot {
  const fetchPage = options.fetch ?? fetch;
  const jar = createCookieJar(options.now ?? (() => new Date()));
  let current: RobotPage | null = null;

  const page = (): RobotPage => {
    if (!current) throw new Error('The robot has opened no page yet');
    return current;
  };

  const found = (selector: string, what: string): Selection => {
    const element = page().$(selector).first();
    if (element.length > 0) return element;
    throw new Error(`No ${what} ${selector} on ${page().url} (${page().status})`);
  };

  async function go(request: RobotRequest, hops = mostHops): Promise<RobotPage> {
    if (hops === 0) throw new Error(`Too many redirects, the last one to ${request.url.href}`);
    const ask = () =>
      fetchPage(request.url, {
        method: request.method,
        body: request.body,
        headers: headersFor(request),
        redirect: 'manual',
      });
    const response = await ask().catch((error: unknown) => {
      if (request.method === 'GET' && wasCut(error)) return ask();
      throw error;
    });
    jar.store(request.url, response.headers.getSetCookie());
    const location = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && location !== null) {
      await response.arrayBuffer();
      return go(redirected(request, response.status, location), hops - 1);
    }
    current = await readPage(request.url, response);
    return current;
  }

  function headersFor(request: RobotRequest): Record<string, string> {
    const cookie = jar.header(request.url);
    return {
      accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
      'accept-language': options.language ?? 'en',
      ...(cookie === '' ? {} : { cookie }),
      ...(request.method === 'POST' && current ? { origin: new URL(current.url).origin } : {}),
    };
  }

  const open = (url: string): Promise<RobotPage> => go({ url: new URL(url, current?.url), method: 'GET', body: null });

  function submit(chosen: string | number, fields: Record<string, FieldValue> = {}): Promise<RobotPage> {
    const { $, url } = page();
    const element = typeof chosen === 'string' ? found(chosen, 'form') : $('form').eq(chosen);
    const form = element.is('form') ? element : formOf($, element);
    if (form.length === 0) throw new Error(`No form ${chosen} on ${url}`);
    const submitter = element.is('form') ? null : element;
    const attribute = (name: string): string | undefined => submitter?.attr(`form${name}`) ?? form.attr(name);
    const entries = formEntries($, form, submitter, fields);
    const target = new URL(attribute('action') ?? '', url);
    if (attribute('method')?.toLowerCase() !== 'post') {
      target.search = encoded(entries).toString();
      return go({ url: target, method: 'GET', body: null });
    }
    const isMultipart = attribute('enctype')?.toLowerCase() === 'multipart/form-data';
    return go({ url: target, method: 'POST', body: isMultipart ? multipart(entries) : encoded(entries) });
  }

  async function settle(): Promise<RobotPage> {
    for (let hops = mostHops; page().$(goesOn).length > 0; hops -= 1) {
      if (hops === 0) throw new Error(`${page().url} goes on for ever`);
      if (page().$('form[data-auto-submit]').length > 0) await submit('form[data-auto-submit]');
      else await open(page().$('a[data-leave-frame]').attr('href') ?? '');
    }
    return page();
  }

  async function enter(): Promise<RobotPage> {
    await open(found('iframe', 'frame').attr('src') ?? '');
    return settle();
  }

  return {
    get page() {
      return page();
    },
    open,
    submit,
    settle,
    click: async (link) => open(found(link, 'link').attr('href') ?? ''),
    enter,
    launch: async (pageUrl) => {
      await open(pageUrl);
      return enter();
    },
    cookies: (hostname) => jar.of(hostname),
  };
}

/** 307 and 308 repeat the request, everything else that redirects goes on with GET, as browsers do. */
function redirected(request: RobotRequest, status: number, location: string): RobotRequest {
  const url = new URL(location, request.url);
  return status === 307 || status === 308 ? { ...request, url } : { url, method: 'GET', body: null };
}

async function readPage(url: URL, response: Response): Promise<RobotPage> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const html = new TextDecoder().decode(bytes);
  return { status: response.status, url: url.href, headers: response.headers, html, bytes, $: load(html) };
}

function formOf($: CheerioAPI, control: Selection): Selection {
  const owner = control.attr('form');
  return owner === undefined ? control.closest('form') : $(`form[id="${owner}"]`);
}

function encoded(entries: readonly Entry[]): URLSearchParams {
  return new URLSearchParams(
    entries.map(([name, value]): [string, string] => [name, typeof value === 'string' ? lines(value) : value.filename]),
  );
}

function multipart(entries: readonly Entry[]): FormData {
  const data = new FormData();
  for (const [name, value] of entries) {
    if (typeof value === 'string') data.append(name, lines(value));
    else data.append(name, new Blob([value.content], value.type ? { type: value.type } : {}), value.filename);
  }
  return data;
}

/** Line ends go out as CRLF in both encodings (HTML standard, form submission). */
function lines(text: string): string {
  return text.replaceAll(/\r\n|\r|\n/g, '\r\n');
}
