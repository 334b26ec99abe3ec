import { Elysia } from 'elysia';
import handset from '../../../static/phone/handset.css' with { type: 'file' };
import parts from '../../../static/phone/parts.css' with { type: 'file' };
import stylesheet from '../../../static/phone/phone.css' with { type: 'file' };
import script from '../../../static/phone/phone.js' with { type: 'file' };

/** The page's own files, served by the simulator itself. */
export const assets = new Elysia({ prefix: '/assets' })
  .get('/phone.css', () => serve(stylesheet, 'text/css; charset=utf-8'))
  .get('/handset.css', () => serve(handset, 'text/css; charset=utf-8'))
  .get('/parts.css', () => serve(parts, 'text/css; charset=utf-8'))
  .get('/phone.js', () => serve(script, 'text/javascript; charset=utf-8'));

function serve(path: string, type: string): Response {
  return new Response(Bun.file(path), {
    headers: { 'content-type': type, 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' },
  });
}
