// As much of a browser as students at work need: it keeps cookies, and goes where it is sent if it is told to.
import type { Dispatcher, Pool } from 'undici';

/** Somebody's. Many share one pool. */
export class Browser {
  readonly #pool: Pool;
  readonly #cookies: Map<string, string>;

  constructor(pool: Pool, cookies: Map<string, string>) {
    this.#pool = pool;
    this.#cookies = cookies;
  }

  /** Sends a form. @returns where the answer sends it @throws if it sends it nowhere */
  async post(path: string, form: URLSearchParams): Promise<string> {
    return whereTo(await this.#send(path, form));
  }

  /** Goes where it was sent. @returns where that sends it @throws if it sends it nowhere */
  async follow(path: string): Promise<string> {
    return whereTo(await this.#ask({ method: 'GET', path }));
  }

  /** @returns what it is shown @throws if that is no good answer */
  async look(path: string): Promise<string> {
    return shown(await this.#ask({ method: 'GET', path, headers: { accept: 'text/html, application/json;q=0.9' } }));
  }

  /** Sends a form as a page's script does. @returns what is answered @throws if that is no good answer */
  async send(path: string, form: URLSearchParams): Promise<string> {
    return shown(await this.#send(path, form, { accept: 'application/json' }));
  }

  #send(path: string, form: URLSearchParams, headers: Record<string, string> = {}): Promise<Answer> {
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    return this.#ask({ method: 'POST', path, headers: { ...type, ...headers }, body: form.toString() });
  }

  async #ask({ headers, ...asked }: Dispatcher.RequestOptions): Promise<Answer> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await this.#pool.request({ ...asked, headers: { cookie, ...(headers as Record<string, string>) } });
    for (const set of [answer.headers['set-cookie'] ?? []].flat()) this.#keep(set);
    return { status: answer.statusCode, location: answer.headers.location, text: await answer.body.text() };
  }

  #keep(set: string) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
    if (value === '') this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}

interface Answer {
  status: number;
  location: string | string[] | undefined;
  text: string;
}

function whereTo({ status, location, text }: Answer): string {
  if (typeof location !== 'string') throw new Error(`It is sent nowhere: ${status} ${text.slice(0, 500)}`);
  return location;
}

function shown({ status, text }: Answer): string {
  if (status !== 200) throw new Error(`It is shown ${status}`);
  return text;
}
