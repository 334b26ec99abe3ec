/** @jsxImportSource preact */
import { findAccount } from '#src/accounts/find-account.ts';
import { page } from '#src/http/page.ts';
import { SecondFactorPage } from '#views/sessions/second-factor-page.tsx';
import type { DoorServices } from './door-services.ts';
import { listPasskeys } from './passkeys.ts';
import { relyingPartyOf } from './relying-party.ts';
import { readSaid } from './said.ts';
import { loadSecondFactor } from './second-factor.ts';
import type { Self } from './tell-owner.ts';

type Asked = {
  viewer: Self;
  isHeld: boolean;
  request: Request;
  server: Parameters<typeof relyingPartyOf>[1];
};

/** The page of everything somebody has beside their password; with errors it is the answer to a form of it. */
export async function factorPage(
  { control, config }: DoorServices,
  { viewer, isHeld, request, server }: Asked,
  { said, errors }: { said?: string | undefined; errors?: Record<string, string> },
): Promise<Response> {
  const { userId, accountId } = viewer;
  const factor = await loadSecondFactor(control, userId);
  const view = (
    <SecondFactorPage
      person={viewer}
      account={await findAccount(control, accountId)}
      said={readSaid(said)}
      isHeld={isHeld}
      hasApp={factor?.secret != null}
      recoveryLeft={factor?.recovery.length ?? null}
      passkeys={await listPasskeys(control, userId)}
      takesPasskeys={relyingPartyOf(request, server, config) !== null}
      {...(errors === undefined ? {} : { errors })}
    />
  );
  return page(view, { status: errors === undefined ? 200 : 422 });
}
