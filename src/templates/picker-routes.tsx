/** @jsxImportSource preact */
import { Elysia, t } from 'elysia';
import { findAccount } from '#src/accounts/find-account.ts';
import { idFrom } from '#src/conversations/conversation.ts';
import { viewOf } from '#src/conversations/views.ts';
import { fragment, page, wantsFragment } from '#src/http/page.ts';
import type { Services } from '#src/services.ts';
import type { SessionServices } from '#src/sessions/find-session.ts';
import { session } from '#src/sessions/session.ts';
import { PickerPage } from '#views/templates/picker-page.tsx';
import { PickerForm, Preview } from '#views/templates/template-form.tsx';
import { PickerList } from '#views/templates/template-list.tsx';
import { words } from '#views/words/words.ts';
import { chooseTemplates } from './choose.ts';
import { emptyForm, readFormValues, toGiven } from './form.ts';
import { loadChosen, loadPickerPlace } from './picker.ts';
import { showTemplate } from './show.ts';

const short = t.Optional(t.String({ maxLength: 100 }));
const OfOne = t.Object({ id: t.String() });
const OfTemplate = t.Object({ id: t.String(), template: t.String({ maxLength: 64 }) });
const PreviewForm = t.Record(t.String(), t.Unknown());

/** Choosing a template for a conversation, and filling it in; sending it is the messages' own. */
export const templatePicker = (
  services: SessionServices & Pick<Services, 'accounts' | 'control' | 'now'>,
) => {
  const { accounts, control } = services;

  return new Elysia({ name: 'template-picker' })
    .use(session(services))
    .get(
      '/conversations/:id/templates',
      async ({ request, viewer, params, query }) => {
        const { q = '', language = '', category = '' } = query;
        const asked = { q: q.trim(), language, category };
        const { row, choices } = await accounts.use(viewer.accountId, async (inbox) => {
          const place = await loadPickerPlace(inbox, idFrom(params.id), viewer);
          return { ...place, choices: await chooseTemplates(inbox, place.wabaId, asked) };
        });
        const back = viewOf(query.back);
        const said = query.sent === undefined ? undefined : words.templates.sent;
        const list = <PickerList {...{ row, asked, choices, back, said }} />;
        const account = await findAccount(control, viewer.accountId, viewer);
        return wantsFragment(request)
          ? fragment(list)
          : page(<PickerPage {...{ viewer, account, row, back }}>{list}</PickerPage>);
      },
      {
        params: OfOne,
        query: t.Object({ q: short, language: short, category: short, back: short, sent: short }),
      },
    )
    .get(
      '/conversations/:id/templates/:template',
      async ({ request, viewer, params, query }) => {
        const { row, template } = await accounts.use(viewer.accountId, async (inbox) => {
          const place = await loadPickerPlace(inbox, idFrom(params.id), viewer);
          return { ...place, template: await loadChosen(inbox, place.wabaId, params.template) };
        });
        const account = await findAccount(control, viewer.accountId, viewer);
        const back = viewOf(query.back);
        const form = (
          <PickerForm
            {...{ row, back, template }}
            values={emptyForm}
            errors={{}}
            shown={showTemplate(template, toGiven(template, emptyForm, account.timeZone))}
            messageKey={crypto.randomUUID()}
            seenId={row.lastMessage?.id ?? 0}
          />
        );
        return wantsFragment(request)
          ? fragment(form)
          : page(<PickerPage {...{ viewer, account, row, back }}>{form}</PickerPage>);
      },
      { params: OfTemplate, query: t.Object({ back: short }) },
    )
    .post(
      '/conversations/:id/templates/:template/preview',
      async ({ request, viewer, params, body }) => {
        const { row, template } = await accounts.use(viewer.accountId, async (inbox) => {
          const place = await loadPickerPlace(inbox, idFrom(params.id), viewer);
          return { ...place, template: await loadChosen(inbox, place.wabaId, params.template) };
        });
        const account = await findAccount(control, viewer.accountId, viewer);
        const fields = new Map(Object.entries(body).flatMap(([name, value]) => textOf(name, value)));
        const values = readFormValues(fields);
        const shown = showTemplate(template, toGiven(template, values, account.timeZone));
        const back = viewOf(fields.get('back'));
        return wantsFragment(request)
          ? fragment(<Preview shown={shown} />)
          : page(
              <PickerPage {...{ viewer, account, row, back }}>
                <PickerForm
                  {...{ row, back, template, values, shown }}
                  errors={{}}
                  messageKey={fields.get('key') || crypto.randomUUID()}
                  seenId={Number(fields.get('seen')) || 0}
                />
              </PickerPage>,
            );
      },
      { params: OfTemplate, body: PreviewForm },
    );
};

/** A file that a browser sends along is none of a preview's. */
const textOf = (name: string, value: unknown): [string, string][] =>
  typeof value === 'string' ? [[name, value]] : [];
