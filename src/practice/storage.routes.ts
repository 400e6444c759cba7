// The frame that keeps data for tools where the page around the tool does not do so itself.
import { Router } from 'express';
import type { LmsContext } from './context.ts';
import { renderPage } from './pages.ts';
import { storageForTools } from './storage.ts';

/** `GET /storage`: an empty page with the script. */
export function storageRoutes(lms: LmsContext): Router {
  return Router().get('/storage', (req, res) => renderPage(lms, req, res, 'storage', storageForTools(lms)));
}
