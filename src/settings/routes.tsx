/** @jsxImportSource preact */
import { Elysia } from 'elysia';
import { findAccount } from '#src/accounts/find-account.ts';
import { Forbidden } from '#src/errors.ts';
import { page } from '#src/http/page.ts';
import type { Services } from '#src/services.ts';
import type { SessionServices } from '#src/sessions/find-session.ts';
import { session } from '#src/sessions/session.ts';
import { hasSettings } from '#views/settings/sections.ts';
import { SettingsPage } from '#views/settings/settings-page.tsx';

/** The list of all settings; each feature serves its own page of them. */
export const settings = (services: Pick<Services, 'control'> & SessionServices) =>
  new Elysia({ name: 'settings' }).use(session(services)).get('/settings', async ({ viewer }) => {
    if (!hasSettings(viewer)) {
      throw new Forbidden('there is nothing that this viewer may set');
    }
    const account = await findAccount(services.control, viewer.accountId, viewer);
    return page(<SettingsPage person={viewer} account={account} />);
  });
