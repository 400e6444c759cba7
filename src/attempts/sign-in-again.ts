// What the page of an open attempt needs so that its learner signs in again without leaving it.
import type { Request, Response } from 'express';

/** An entry for the form by which the platform signs people in, in a window of its own; null where they come in by their course alone. */
export type SignInAgain = (req: Request, res: Response) => Promise<string | null>;
