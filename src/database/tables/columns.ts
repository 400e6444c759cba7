// Column kinds that more than one table uses.
import { sql } from 'drizzle-orm';
import Fraction from 'fraction.js';
import { bigint, customType, timestamp } from 'drizzle-orm/pg-core';

/** A key of ours: rises with every row, a number in TypeScript on both engines. */
export const id = () => bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity();

/** A reference to such a key; the foreign key is said at the column. */
export const reference = () => bigint({ mode: 'number' });

/** A moment, kept in UTC to the millisecond, a `Date` in TypeScript. */
export const moment = () => timestamp({ withTimezone: true, precision: 3, mode: 'date' });

/** An exact number of points such as `7/3`: thirds of a point add up to whole ones. */
export const exactPoints = customType<{ data: Fraction; driverData: string }>({
  dataType: () => 'text',
  toDriver: (points) => points.toFraction(),
  fromDriver: (text) => new Fraction(text),
});

/**
 * Bytes as they are. They travel as base64: the embedded engine writes and reads a parameter of bytes digit by digit in JavaScript,
 * which keeps the whole process for seconds where this takes tenths (PGlite 0.5, 20 MB).
 */
export const binary = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => 'bytea',
  toDriver: (bytes) => sql`decode(${Buffer.from(bytes).toString('base64')}, 'base64')`,
});
