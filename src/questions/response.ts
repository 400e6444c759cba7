// An answer on its way from a form to the database and back.
import { typeOf } from './question.ts';
import type { Question } from './question.ts';
import type { FieldReader, Order, StoredResponse } from './question-type.ts';

/**
 * The fields of one question in a parsed form body, such as `{ q7: '2' }` or `{ 'q7.0': '1', 'q7.1': '3' }`.
 *
 * @param body  as a form parser leaves it: strings and lists of strings; anything else counts as not sent
 * @param field the question's prefix, `q7`
 */
export function fieldsOf(body: unknown, field: string): FieldReader {
  const values = new Map(typeof body === 'object' && body !== null ? Object.entries(body) : []);
  return (part) => {
    const value: unknown = values.get(part === null ? field : `${field}.${part}`);
    return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');
  };
}

/**
 * The answer that a form holds, to be stored; null if there is none or it makes no sense. Never throws.
 *
 * @param order the same order in which the question was presented
 */
export function parseResponse(question: Question, fields: FieldReader, order: Order): StoredResponse | null {
  return typeOf(question).parseResponse(fields, question.details, order);
}

/** A stored response, checked to be of the question's type. @throws if it is not: a fault of ours. */
export function parseStoredResponse(question: Question, stored: unknown): StoredResponse | null {
  return stored === null || stored === undefined ? null : typeOf(question).response.parse(stored);
}
