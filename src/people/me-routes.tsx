/** @jsxImportSource preact */
import { Elysia, t } from 'elysia';
import { findAccount } from '#src/accounts/find-account.ts';
import { limits } from '#src/attachments/thumbnail/limits.ts';
import { createDenials } from '#src/audit/denials.ts';
import { idFrom } from '#src/conversations/conversation.ts';
import { Forbidden, Invalid } from '#src/errors.ts';
import { page } from '#src/http/page.ts';
import { createRateLimit } from '#src/http/rate-limit.ts';
import { seeOther } from '#src/http/see-other.ts';
import type { Services } from '#src/services.ts';
import type { SessionServices } from '#src/sessions/find-session.ts';
import { demandProof } from '#src/sessions/proof.ts';
import { session } from '#src/sessions/session.ts';
import { MePage, type MeProps } from '#views/people/me-page.tsx';
import { words } from '#views/words/words.ts';
import { askForEmail } from './change-email.ts';
import { densities, displayCookie, themes } from './display.ts';
import { refuseTooMany } from './door-limit.ts';
import { Text } from './form.ts';
import { canMailLinks, type MailPart } from './mail-part.ts';
import type { PersonViewer } from './managing.ts';
import { changeProfile, findPicture, findProfile, removePicture, setPicture } from './profile.ts';

const Choice = t.Object({
  theme: t.Union(themes.map((name) => t.Literal(name))),
  density: t.Union(densities.map((name) => t.Literal(name))),
});
const said = ['profile', 'picture', 'removed', 'email'] as const;

/** Letters to new addresses: five at once, then one every ten minutes. */
const LETTERS = { perSecond: 1 / 600, burst: 5 };

/** A picture's address changes with the picture. */
const KEPT = 'private, max-age=31536000, immutable';

/** What somebody sets for themselves: who they are to others, and how the pages look in this browser. */
export const me = (
  services: Pick<Services, 'control' | 'thumbnails' | 'phase'> & SessionServices & MailPart,
) => {
  const { config, control } = services;
  const denials = createDenials(services);
  const letters = createRateLimit({ ...LETTERS, now: services.now });

  async function show(
    viewer: PersonViewer,
    more: Pick<MeProps, 'errors' | 'said' | 'values'> = {},
    status = 200,
  ) {
    const { name, timeZone } = await findAccount(control, viewer.accountId);
    return page(
      <MePage
        viewer={viewer}
        account={name}
        accountZone={timeZone}
        profile={await findProfile(control, viewer.userId)}
        hasMail={canMailLinks(services)}
        {...more}
      />,
      { status },
    );
  }

  /** Does it and says so; what is refused stands beside its field. */
  async function change(
    viewer: PersonViewer,
    done: (typeof said)[number],
    values: NonNullable<MeProps['values']>,
    work: () => Promise<unknown>,
  ): Promise<Response> {
    try {
      await work();
      return seeOther(`/me?said=${done}`);
    } catch (error) {
      if (error instanceof Invalid) {
        return show(viewer, { values, errors: { ...error.fields } }, 422);
      } else if (error instanceof Forbidden) {
        denials.note({ viewer, method: 'POST', route: '/me/email', status: 403, type: 'forbidden' });
        return show(viewer, { values, errors: { email: words.mePage.noMail } }, 403);
      }
      throw error;
    }
  }

  return new Elysia({ name: 'me' })
    .use(session(services))
    .get(
      '/me',
      ({ viewer, query }) => {
        const done = query.saved === undefined ? said.find((known) => known === query.said) : 'display';
        return show(viewer, { said: done });
      },
      { query: t.Object({ saved: Text, said: Text }) },
    )
    .post(
      '/me/display',
      ({ body }) => seeOther('/me?saved=1', { 'set-cookie': displayCookie(body, config) }),
      { body: Choice },
    )
    .post(
      '/me/profile',
      ({ viewer, body }) => {
        const { name = '', time_zone = '' } = body;
        return change(viewer, 'profile', { name, time_zone }, () =>
          changeProfile(services, { name, timeZone: time_zone }, viewer),
        );
      },
      { body: t.Object({ name: Text, time_zone: Text }) },
    )
    .post(
      '/me/picture',
      ({ viewer, body }) =>
        change(viewer, 'picture', {}, async () => {
          const { picture } = body;
          if (!(picture instanceof File) || picture.size === 0 || picture.size > limits.pictureBytes) {
            throw new Invalid({ picture: words.mePage.noPicture });
          }
          await setPicture(services, new Uint8Array(await picture.arrayBuffer()), viewer);
        }),
      { body: t.Object({ picture: t.Optional(t.Union([t.File(), t.String()])) }) },
    )
    .post('/me/picture/removal', ({ viewer }) =>
      change(viewer, 'removed', {}, () => removePicture(control, viewer)),
    )
    .post(
      '/me/email',
      ({ viewer, body }) => {
        const { email = '' } = body;
        demandProof(viewer, services.now());
        refuseTooMany(letters.take(String(viewer.userId)));
        return change(viewer, 'email', { email }, () => askForEmail(services, email, viewer));
      },
      { body: t.Object({ email: Text }) },
    )
    .get(
      '/people/:id/picture',
      async ({ viewer, params }) => {
        const picture = await findPicture(control, idFrom(params.id), viewer.accountId);
        return new Response(Buffer.from(picture), {
          headers: { 'content-type': 'image/webp', 'cache-control': KEPT },
        });
      },
      {
        params: t.Object({ id: t.String({ maxLength: 20 }) }),
        query: t.Object({ v: Text }),
      },
    );
};
