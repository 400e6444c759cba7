// An API of Google that answers what it is told to, without a network.

/** Answers each call in turn, and remembers what was asked. */
export function answering(...answers: [status: number, body: unknown][]) {
  const asked: string[] = [];
  const sent: unknown[] = [];
  const fetch: typeof globalThis.fetch = (input, init) => {
    asked.push(input instanceof Request ? input.url : input.toString());
    sent.push(typeof init?.body === 'string' && init.body.startsWith('{') ? JSON.parse(init.body) : null);
    const [status, body] = answers[asked.length - 1] ?? [500, {}];
    return Promise.resolve(Response.json(body, { status }));
  };
  const now = () => new Date('2026-11-26T08:00:00Z');
  return { asked, sent, call: { fetch, now, token: 'ya29.secret', apiUrl: 'https://classroom.example' } };
}
