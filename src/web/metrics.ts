// For Prometheus: figures about the process and the grades on their way.
import { Router } from 'express';
import { isNear } from './near.ts';

/** `/metrics`, for whoever stands near; for everybody else there is no such address. */
export function metricsRoutes({ measure }: { measure: () => Promise<{ contentType: string; text: string }> }): Router {
  const router = Router();
  router.get('/metrics', async (req, res, next) => {
    if (!isNear(req)) return next();
    try {
      const { contentType, text } = await measure();
      res.set('Content-Type', contentType).send(text);
    } catch (error) {
      res.locals.log.error({ err: error }, 'nothing could be measured');
      res.status(503).type('text').send('database unavailable');
    }
  });
  return router;
}
