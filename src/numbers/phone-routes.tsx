import { Elysia, t } from 'elysia';
import { Problem } from '#src/errors.ts';
import { seeOther } from '#src/http/see-other.ts';
import { demand } from '#src/people/permission.ts';
import type { Services } from '#src/services.ts';
import type { SessionServices } from '#src/sessions/find-session.ts';
import { session } from '#src/sessions/session.ts';
import { askPhone } from './ask-phone.ts';
import { showNumber } from './show-number.tsx';

const One = t.Object({ id: t.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) });
const Asked = t.Optional(t.Object({ again: t.Optional(t.String({ maxLength: 10 })) }));

/** Bringing in what the phone of a number has. */
export const numberPhones = (services: SessionServices & Pick<Services, 'whatsapp'>) => {
  const { accounts, whatsapp, now } = services;
  return new Elysia({ name: 'number phones' }).use(session(services)).post(
    '/numbers/:id/phone-import',
    async ({ viewer, params, body }) => {
      demand(viewer, 'settings.manage');
      const wanted = { numberId: params.id, isKnowing: body?.again !== undefined };
      try {
        await accounts.use(viewer.accountId, (inbox) => askPhone({ inbox, whatsapp, now }, wanted, viewer));
        return seeOther(`/numbers/${params.id}#phone-import`);
      } catch (error) {
        if (error instanceof Problem) {
          return showNumber(services, viewer, { id: params.id, problem: error });
        }
        throw error;
      }
    },
    { params: One, body: Asked },
  );
};
