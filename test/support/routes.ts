// Which routes the application has, asked of the application itself: a new one needs no mention in any test.
import type { Express } from 'express';
import { z } from 'zod';

const layer = z.looseObject({
  route: z
    .looseObject({ path: z.union([z.string(), z.array(z.string())]), methods: z.record(z.string(), z.boolean()) })
    .optional(),
  handle: z.unknown(),
});
const router = z.object({ stack: z.array(layer) });

export interface AppRoute {
  /** In lower case. */
  method: string;
  /** As written: `/attempts/:attemptId`. */
  path: string;
}

/** Every route in the order of the application; what answers any method comes as `_all`. */
export function routesOf(app: Express): AppRoute[] {
  return routesIn(app.router);
}

function routesIn(handler: unknown): AppRoute[] {
  // A router is a function with a stack, and zod takes no function for an object.
  const parsed = router.safeParse({ ...Object(handler) });
  if (!parsed.success) return [];
  return parsed.data.stack.flatMap(({ route, handle }) =>
    route
      ? Object.keys(route.methods).flatMap((method) => [route.path].flat().map((path) => ({ method, path })))
      : routesIn(handle),
  );
}
