// Statements that connections remember: one with a name is parsed once by each connection, and planned anew only where PostgreSQL finds
// that worth it. Ours are short and join much, so that planning them is most of what they cost.
import type pg from 'pg';

/** Each connection keeps a plan for every one that it was asked. */
const mostNames = 300;
/** Statements asked once that are known, before they are forgotten. */
const mostAskedOnce = 1000;
/** A longer list, of keys or of rows, is seldom as long a second time, and would take the place of something else. */
const longList = / in \((?:\$\d+, ){4}|\), \(/;

/** Lets the connections of a pool remember what it is asked again and again. */
export function rememberStatements(pool: pg.Pool): void {
  const nameOf = namesOfRepeated();
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

/** Of what is asked for the second time: it is likely to be asked again. */
function namesOfRepeated(): (text: string) => string | undefined {
  const names = new Map<string, string>();
  const askedOnce = new Set<string>();
  let given = 0;
  return (text) => {
    const known = names.get(text);
    if (known !== undefined || longList.test(text)) return known;
    if (!askedOnce.delete(text)) {
      if (askedOnce.size >= mostAskedOnce) askedOnce.clear();
      askedOnce.add(text);
      return undefined;
    }
    // What is asked often has a new one at once; connections forget the old ones when their time is over (postgres.ts).
    if (names.size >= mostNames) names.clear();
    given += 1;
    const name = `statement ${given}`;
    names.set(text, name);
    return name;
  };
}
