import { Elysia, t } from 'elysia';
import { parseId } from '#src/conversations/conversation.ts';
import { seeOther } from '#src/http/see-other.ts';
import { session } from './session.ts';
import { type SwitchServices, switchAccount } from './switch-account.ts';

/** Going on in another business, for somebody who is in several. */
export const accountSwitch = (services: SwitchServices) => {
  return new Elysia({ name: 'account-switch' }).use(session(services)).post(
    '/account',
    async ({ request, viewer, body }) => {
      const accountId = parseId(body.account) ?? 0;
      const cookies = await switchAccount(services, request, accountId, viewer);
      const response = seeOther('/inbox');
      for (const cookie of cookies) {
        response.headers.append('set-cookie', cookie);
      }
      return response;
    },
    { body: t.Object({ account: t.String({ maxLength: 20 }) }) },
  );
};
