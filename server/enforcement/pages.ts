import { Router } from 'express';
import type { Deps } from '../kernel/deps.ts';
import { servePicture, serveOriginal, type Authenticate } from './media.ts';

/** What is served beside the contract, since it is no JSON: pictures and originals. */
export function enforcementPages(deps: Deps, authenticate: Authenticate): Router {
  const router = Router();
  router.get('/media/:id', servePicture(deps, authenticate));
  router.get('/media/:id/original', serveOriginal(deps, authenticate));
  return router;
}
