import { Router, type RequestHandler } from 'express';
import type { Deps } from '../kernel/deps.ts';
import { guardDownload, permitted, servePicture, serveOriginal, type Authenticate } from './media.ts';
import { htmlOf, pdfOf } from './papers.ts';
import { serveStatusPage } from './status-page.ts';

/** What is served beside the contract, since it is no JSON: pictures, originals, papers, the public status page. */
export function enforcementPages(deps: Deps, authenticate: Authenticate): Router {
  const router = Router();
  router.get('/media/:id', servePicture(deps, authenticate));
  router.get('/media/:id/original', serveOriginal(deps, authenticate));
  router.get('/papers/:id.pdf', servePdf(deps, authenticate));
  router.get('/papers/:id', servePrintView(deps, authenticate));
  router.get('/n/:token', serveStatusPage(deps));
  return router;
}

/** GET /papers/:id.pdf */
function servePdf(deps: Deps, authenticate: Authenticate): RequestHandler {
  return async (request, response) => {
    await permitted(authenticate, request, 'penalty.read');
    const { pdf, sha256, row } = await pdfOf(deps, String(request.params.id));
    guardDownload(response, `${row.kind}-${row.id}.pdf`);
    response.setHeader('X-Content-SHA256', sha256);
    response.type('application/pdf').send(pdf);
  };
}

/** GET /papers/:id, the print view: no script, nothing from elsewhere. */
function servePrintView(deps: Deps, authenticate: Authenticate): RequestHandler {
  return async (request, response) => {
    await permitted(authenticate, request, 'penalty.read');
    const html = await htmlOf(deps, String(request.params.id));
    response.setHeader(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'",
    );
    response.setHeader('Cache-Control', 'private, no-store');
    response.type('html').send(html);
  };
}
