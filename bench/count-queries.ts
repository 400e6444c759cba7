// How often a database is asked, whoever asks: by the connections of this process.
import pg from 'pg';

/** What connections are asked while something is done; nothing else is going on. */
export async function countQueries<Result>(act: () => Promise<Result>): Promise<{ result: Result; asked: number }> {
  const { prototype } = pg.Client;
  const kept = Object.getOwnPropertyDescriptor(prototype, 'query');
  const query: unknown = kept?.value;
  if (!kept || typeof query !== 'function') throw new Error('A connection is asked in another way by now');
  let asked = 0;
  const counted = function (this: unknown, ...args: unknown[]): unknown {
    asked++;
    return Reflect.apply(query, this, args);
  };
  Object.defineProperty(prototype, 'query', { ...kept, value: counted });
  try {
    return { result: await act(), asked };
  } finally {
    Object.defineProperty(prototype, 'query', kept);
  }
}
