/** @jsxImportSource preact */
import { Elysia, t } from 'elysia';
import { findAccount } from '#src/accounts/find-account.ts';
import type { UploadParts } from '#src/attachments/upload.ts';
import { createUploadPlaces } from '#src/attachments/upload-places.ts';
import { idFrom } from '#src/conversations/conversation.ts';
import { viewOf } from '#src/conversations/views.ts';
import { Invalid, Problem } from '#src/errors.ts';
import { fragment, page, wantsFragment } from '#src/http/page.ts';
import type { PersonViewer } from '#src/live/topics.ts';
import type { SessionServices } from '#src/sessions/find-session.ts';
import { session } from '#src/sessions/session.ts';
import { readFormValues, toGiven } from '#src/templates/form.ts';
import { loadChosen, loadPickerPlace } from '#src/templates/picker.ts';
import { showTemplate } from '#src/templates/show.ts';
import { PickerPage } from '#views/templates/picker-page.tsx';
import { PickerForm } from '#views/templates/template-form.tsx';
import { words } from '#views/words/words.ts';
import { AnsweredMeanwhile } from './compose-collision.ts';
import { isOfUsedKey } from './compose-key.ts';
import { composeTemplate } from './compose-template.ts';
import { type TakenForm, takeFilledForm } from './filled-form.ts';
import { type AnswerServices, answer } from './routes-answer.tsx';

const OfTemplate = t.Object({ id: t.String(), template: t.String({ maxLength: 64 }) });

type TemplateServices = AnswerServices & SessionServices & UploadParts;
type Asked = { request: Request; viewer: PersonViewer; conversationId: number; templateId: string };

/** Sending a template that was filled in. */
export const templateMessages = (services: TemplateServices) => {
  const places = createUploadPlaces();

  return new Elysia({ name: 'template-messages' })
    .use(session(services))
    .post(
      '/conversations/:id/templates/:template/messages',
      ({ request, viewer, params }) =>
        places.in(viewer, () =>
          send(services, { request, viewer, conversationId: idFrom(params.id), templateId: params.template }),
        ),
      { params: OfTemplate, parse: 'none' },
    );
};

async function send(services: TemplateServices, asked: Asked): Promise<Response> {
  const { request, viewer, conversationId, templateId } = asked;
  const { accounts, control, now } = services;
  const taken = await accounts.use(viewer.accountId, async (inbox) => {
    // Before a byte is read: who may not write here is told so at once.
    await loadPickerPlace(inbox, conversationId, viewer);
    return takeFilledForm(services, inbox, request, { conversationId, viewer });
  });
  const { fields } = taken;
  const { timeZone } = await findAccount(control, viewer.accountId, viewer);
  const values = readFormValues(fields);
  try {
    if (taken.refusals.size > 0) {
      throw new Invalid(Object.fromEntries(taken.refusals));
    }
    return await answer(services, { request, viewer, back: fields.get('back') }, async (inbox) => {
      const { change } = await composeTemplate(
        inbox,
        {
          conversationId,
          template: { id: templateId },
          read: (template) => toGiven(template, values, timeZone),
          key: keyOf(fields),
          keyOwner: `person:${viewer.userId}`,
          origin: 'inbox',
          ...(fields.has('seen') ? { seenId: Number(fields.get('seen')) || 0 } : {}),
        },
        viewer,
        now(),
      );
      return change;
    });
  } catch (error) {
    return refuse(services, asked, taken, error);
  }
}

function keyOf(fields: ReadonlyMap<string, string>): string {
  const key = fields.get('key') ?? '';
  return /^[\x20-\x7e]{1,128}$/.test(key) ? key : crypto.randomUUID();
}

/** The form again, as it was filled in, with the reason. What is no refusal is thrown on. */
async function refuse(
  services: TemplateServices,
  { request, viewer, conversationId, templateId }: Asked,
  { fields }: TakenForm,
  error: unknown,
): Promise<Response> {
  const errors = reasons(error);
  const { row, template } = await services.accounts.use(viewer.accountId, async (inbox) => {
    const place = await loadPickerPlace(inbox, conversationId, viewer);
    return { ...place, template: await loadChosen(inbox, place.wabaId, templateId) };
  });
  const account = await findAccount(services.control, viewer.accountId, viewer);
  const values = readFormValues(fields);
  const back = viewOf(fields.get('back'));
  const seen = error instanceof AnsweredMeanwhile ? error.collision.messageId : 0;
  const form = (
    <PickerForm
      {...{ row, back, template, values, errors }}
      shown={showTemplate(template, toGiven(template, values, account.timeZone))}
      messageKey={isOfUsedKey(error) ? crypto.randomUUID() : keyOf(fields)}
      seenId={Math.max(seen, Number(fields.get('seen')) || 0)}
    />
  );
  return wantsFragment(request)
    ? fragment(form, { status: 422 })
    : page(<PickerPage {...{ viewer, account, row, back }}>{form}</PickerPage>, { status: 422 });
}

function reasons(error: unknown): Record<string, string> {
  if (error instanceof AnsweredMeanwhile) {
    return { '': words.templates.answeredMeanwhile(error.collision.author.name) };
  } else if (error instanceof Invalid) {
    return { ...error.fields };
  } else if (isOfUsedKey(error)) {
    return { '': words.sending.sentOtherwise };
  } else if (error instanceof Problem && error.status === 422) {
    return { '': `${error.title} ${error.detail}` };
  }
  throw error;
}
