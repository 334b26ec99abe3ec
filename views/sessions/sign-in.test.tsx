/** @jsxImportSource preact */
import { expect, test } from 'bun:test';
import { renderToString } from 'preact-render-to-string';
import { SetupPage } from '../accounts/setup-page.tsx';
import { ErrorPage } from '../errors/error-page.tsx';
import { SignIn } from './sign-in.tsx';

test('a wrong password keeps the e-mail and never the password', () => {
  const page = renderToString(<SignIn email="rudo@shop.example" problem="mismatch" next="/inbox/all" />);
  expect(page).toContain('value="rudo@shop.example"');
  expect(page).toContain('don’t match');
  expect(page).toMatch(/name="password"[^>]* value(="")? aria-invalid="true"/);
  expect(page).toContain('name="next" value="/inbox/all"');
});

test('somebody who has to wait is told how long', () => {
  expect(renderToString(<SignIn problem={{ waitSeconds: 1 }} />)).toContain('Wait one second');
});

test('the first run names every mistake and ties it to its field', () => {
  const page = renderToString(
    <SetupPage
      token="a/b"
      values={{ email: 'x', time_zone: 'Africa/Harare' }}
      errors={{ email: 'Not an e-mail.' }}
    />,
  );
  expect(page).toContain('action="/setup/a%2Fb"');
  expect(page).toContain('One thing to put right');
  expect(page).toContain('href="#email"');
  expect(page).toMatch(/aria-describedby="email-wrong"/);
  expect(page).toMatch(/<option value="Africa\/Harare" selected/);
});

test('every status has words', () => {
  const shown = (status: number, type?: string) =>
    renderToString(<ErrorPage status={status} type={type} requestId="7F3K" isAsked />);
  expect(shown(404)).toContain('This page isn’t here');
  expect(shown(418)).toContain('That could not be read');
  expect(shown(502)).toContain('Something broke on our side');
  expect(shown(503)).toContain('Not ready just now');
  expect(shown(503, 'account-unavailable')).toContain('This inbox cannot be opened just now');
  expect(shown(500)).toContain('7F3K');
});
