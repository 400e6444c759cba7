// The log: a line of JSON for each thing that happened, and nothing in it that names a person or opens a door.
import { DrizzleQueryError } from 'drizzle-orm';
import { pino, type DestinationStream, type Logger } from 'pino';

/**
 * A log that writes to `destination`, standard output unless told. Errors are told by kind, message, stack and what the
 * database calls the fault, with their causes; never by the values of a query, which are names, answers and cookies.
 */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = { level, serializers: { err: describe } };
  return destination ? pino(options, destination) : pino(options);
}

function describe(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, cause } = error;
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  return {
    type: name,
    // Drizzle writes the values of a query into its message, and so into its stack.
    message: error instanceof DrizzleQueryError ? `Failed query: ${error.query}` : error.message,
    stack: framesOf(error),
    ...(typeof code === 'string' && { code }),
    ...(typeof constraint === 'string' && { constraint }),
    ...(cause !== undefined && { cause: describe(cause) }),
  };
}

function framesOf({ stack = '', message }: Error) {
  return stack.slice(stack.indexOf(message) + message.length).trimStart();
}
