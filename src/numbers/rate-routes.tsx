/** @jsxImportSource preact */
import { Elysia, t } from 'elysia';
import { findAccount } from '#src/accounts/find-account.ts';
import { Invalid } from '#src/errors.ts';
import { page } from '#src/http/page.ts';
import { seeOther } from '#src/http/see-other.ts';
import type { PersonViewer } from '#src/live/topics.ts';
import { demand } from '#src/people/permission.ts';
import type { SessionServices } from '#src/sessions/find-session.ts';
import { session } from '#src/sessions/session.ts';
import { RatesPage } from '#views/numbers/rates-page.tsx';
import { monthOf } from './use-count.ts';
import { listRates, rateCategories, removeRate, setRate, type WantedRate } from './use-rates.ts';

const Text = t.String({ maxLength: 100 });
const Wanted = t.Object({
  calling_code: Text,
  category: Text,
  price: Text,
  currency: Text,
  since: t.Optional(Text),
});
const Removed = t.Object({ calling_code: Text, category: Text, since: t.Integer() });

/** What messages cost, as the business enters it from Meta's price list. */
export const ratePages = ({ accounts, control, now, ...services }: SessionServices) => {
  const show = async (viewer: PersonViewer, form?: WantedRate, errors: Record<string, string> = {}) => {
    demand(viewer, 'settings.manage');
    const account = await findAccount(control, viewer.accountId, viewer);
    const rates = await accounts.use(viewer.accountId, listRates);
    const view = (
      <RatesPage
        viewer={viewer}
        account={account}
        rates={rates}
        categories={rateCategories}
        month={monthOf(now())}
        form={form}
        errors={errors}
      />
    );
    return page(view, form ? { status: 422 } : {});
  };

  return new Elysia({ name: 'rates' })
    .use(session({ accounts, control, now, ...services }))
    .get('/numbers/rates', ({ viewer }) => show(viewer))
    .post(
      '/numbers/rates',
      async ({ viewer, body }) => {
        const wanted = { ...body, since: body.since ?? '' };
        try {
          await accounts.use(viewer.accountId, (inbox) => setRate(inbox, wanted, viewer, now()));
          return seeOther('/numbers/rates');
        } catch (error) {
          if (error instanceof Invalid) {
            return show(viewer, wanted, error.fields);
          }
          throw error;
        }
      },
      { body: Wanted },
    )
    .post(
      '/numbers/rates/removal',
      async ({ viewer, body }) => {
        const { calling_code: callingCode, category, since } = body;
        await accounts.use(viewer.accountId, (inbox) =>
          removeRate(inbox, { callingCode, category, since }, viewer, now()),
        );
        return seeOther('/numbers/rates');
      },
      { body: Removed },
    );
};
