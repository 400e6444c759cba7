// Statements that connections remember: one with a name is parsed once by each connection, and planned anew only where PostgreSQL finds
// that worth it. Ours are short and join much, so that planning them is most of what they cost.
import type pg from 'pg';

/** Asked as often as this, a statement is likely to be asked again. */
const often = 5;
/** A connection keeps about 50 kB for each. */
const mostNames = 300;
/** How many statements are counted before counting begins anew: a list of another length makes another statement. */
const mostCounted = 2000;

/** Lets the connections of a pool remember what it is asked often. */
export function rememberStatements(pool: pg.Pool): void {
  const nameOf = namesOfFrequent();
  pool.on('connect', (client) => {
    const ask = (statement: unknown, values: unknown, ...rest: unknown[]): unknown => {
      const { query } = Object.getPrototypeOf(client) as { query: (...asked: unknown[]) => unknown };
      return query.call(client, isNameless(statement, values) ? withName(statement) : statement, values, ...rest);
    };
    Reflect.set(client, 'query', ask);
  });

  const withName = (statement: Nameless): object => {
    const name = nameOf(statement.text);
    return name === undefined ? statement : { ...statement, name };
  };
}

interface Nameless {
  text: string;
}

/** As Drizzle asks; what has no values, such as `begin`, needs no plan. */
function isNameless(statement: unknown, values: unknown): statement is Nameless {
  if (typeof statement !== 'object' || statement === null || !Array.isArray(values) || values.length === 0)
    return false;
  return 'text' in statement && typeof statement.text === 'string' && !('name' in statement && statement.name);
}

function namesOfFrequent(): (text: string) => string | undefined {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  return (text) => {
    const known = names.get(text);
    if (known !== undefined || names.size >= mostNames) return known;
    const count = (counts.get(text) ?? 0) + 1;
    if (counts.size >= mostCounted) counts.clear();
    counts.set(text, count);
    if (count < often) return undefined;
    counts.delete(text);
    const name = `statement ${names.size + 1}`;
    names.set(text, name);
    return name;
  };
}
