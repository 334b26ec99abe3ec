import { Elysia } from 'elysia';
import base from '../../../static/css/base.css' with { type: 'text' };
import reset from '../../../static/css/reset.css' with { type: 'text' };
import tokens from '../../../static/css/tokens.css' with { type: 'text' };
import utilities from '../../../static/css/utilities.css' with { type: 'text' };
import files from '../../../static/phone/files.css' with { type: 'file' };
import handset from '../../../static/phone/handset.css' with { type: 'file' };
import parts from '../../../static/phone/parts.css' with { type: 'file' };
import stylesheet from '../../../static/phone/phone.css' with { type: 'file' };
import script from '../../../static/phone/phone.js' with { type: 'file' };

/** What the phone has in common with the product: one set of colours and sizes, in the order of its layers. */
const foundation = [
  '@layer reset, tokens, base, layout, components, utilities;',
  reset,
  tokens,
  base,
  utilities,
].join('\n');

/** The page's own files, served by the simulator itself. */
export const assets = new Elysia({ prefix: '/assets' })
  .get('/foundation.css', () => serve(foundation, 'text/css; charset=utf-8'))
  .get('/phone.css', () => serve(Bun.file(stylesheet), 'text/css; charset=utf-8'))
  .get('/handset.css', () => serve(Bun.file(handset), 'text/css; charset=utf-8'))
  .get('/files.css', () => serve(Bun.file(files), 'text/css; charset=utf-8'))
  .get('/parts.css', () => serve(Bun.file(parts), 'text/css; charset=utf-8'))
  .get('/phone.js', () => serve(Bun.file(script), 'text/javascript; charset=utf-8'));

function serve(body: BodyInit, type: string): Response {
  return new Response(body, {
    headers: { 'content-type': type, 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' },
  });
}
