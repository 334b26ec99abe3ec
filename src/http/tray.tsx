/** @jsxImportSource preact */
import { renderToString } from 'preact-render-to-string';
import { TrayParts } from '#views/inbox/tray-parts.tsx';

type Addresses = Parameters<typeof TrayParts>[0];

/** What the scripts of files fill in, as a document of its own: the same for everybody, and on no page. */
export const trayDocument = (addresses: Addresses): string =>
  `<!doctype html>${renderToString(<TrayParts {...addresses} />)}`;
