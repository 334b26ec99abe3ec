import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { Page } from 'playwright-core';
import { sessions } from '#src/db/schema/control.ts';
import { type Box, openBox } from '#src/testing/box.ts';
import { withPage } from '#src/testing/browser.ts';
import { people } from '#src/testing/people.ts';

let box: Box;
let url: string;

beforeAll(async () => {
  box = await openBox();
  // Passkeys need a name: at 127.0.0.1 there are none.
  url = box.url.replace('127.0.0.1', 'localhost');
});
afterAll(() => box.close());

/** Gives the page's browser an authenticator that answers at once, as a finger on a sensor does. */
async function withAuthenticator(page: Page, isUserVerified = true): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified,
      automaticPresenceSimulation: true,
    },
  });
}

async function signInByPassword(page: Page): Promise<void> {
  await page.goto('/login');
  await page.getByLabel('E-mail').fill(people.ada.email);
  await page.getByLabel('Password').fill(people.ada.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

test('a passkey is added, signs in without a password, and is asked for after one', async () => {
  await withPage({ url }, async (page) => {
    await withAuthenticator(page);
    await signInByPassword(page);
    await page.waitForURL('**/inbox/**');
    await page.goto('/me/second-factor');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
    await page.getByRole('link', { name: 'I have kept them' }).click();
    await page.getByRole('heading', { name: /Chrome on/ }).waitFor();

    await page.context().clearCookies();
    await page.goto('/login?next=%2Fme%2Fsessions');
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.waitForURL('**/me/sessions');

    await page.context().clearCookies();
    await signInByPassword(page);
    await page.waitForURL('**/login/second-factor**');
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.waitForURL('**/inbox/**');
  });
}, 60_000);

test('what is asked for by a script leads to the proof as well, and back to its page', async () => {
  await withPage({ url }, async (page) => {
    await withAuthenticator(page);
    await page.goto('/login');
    await page.getByLabel('E-mail').fill(people.bo.email);
    await page.getByLabel('Password').fill(people.bo.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.waitForURL('**/inbox/**');
    await page.goto('/me/second-factor');
    const { control } = box.services;
    await control.write('full', [control.sql.update(sessions).set({ provenAt: null })]);
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByLabel('Your password').fill(people.bo.password);
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('Press the button again').waitFor();
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
  });
}, 60_000);

test('a passkey whose owner is not recognised does not get in, and the page says so', async () => {
  await withPage({ url }, async (page) => {
    await withAuthenticator(page, false);
    await page.goto('/login');
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByText('did not hand over a passkey').waitFor();
    expect(await page.getByRole('button', { name: 'Sign in with a passkey' }).isEnabled()).toBe(true);
    expect(page.url()).toEndWith('/login');
  });
}, 60_000);

test('without JavaScript passkeys are not offered, and everything else works', async () => {
  await withPage({ url, javaScript: false }, async (page) => {
    await page.goto('/login');
    expect(await page.getByRole('button', { name: 'Sign in with a passkey' }).isVisible()).toBe(false);
    expect(await page.getByRole('button', { name: 'Sign in', exact: true }).isVisible()).toBe(true);
  });
}, 60_000);
