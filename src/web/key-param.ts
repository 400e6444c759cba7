// The numbers in our addresses.
import type { Request } from 'express';
import { z } from 'zod';
import { notFound } from './errors.ts';

const key = z
  .string()
  .regex(/^[1-9]\d{0,14}$/)
  .transform(Number);

/**
 * A number out of the address of a request, such as `:attemptId`.
 *
 * @throws PageError 404 for what cannot be one of our keys
 */
export function keyParam(req: Request, name: string): number {
  const parsed = key.safeParse(req.params[name]);
  if (!parsed.success) throw notFound();
  return parsed.data;
}
