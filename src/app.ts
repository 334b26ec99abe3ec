import { type AnyElysia, Elysia } from 'elysia';
import { setup } from './accounts/routes.tsx';
import { signUp } from './accounts/sign-up-routes.tsx';
import { apiKeysPages } from './api/key-routes.tsx';
import { api } from './api/routes.ts';
import { fileFetching } from './attachments/fetch-routes.ts';
import { files } from './attachments/routes.ts';
import { createDenials } from './audit/denials.ts';
import { audit } from './audit/routes.tsx';
import { blocking } from './contacts/block-routes.ts';
import { contacts } from './contacts/routes.tsx';
import { sharedCards } from './contacts/shared-card-routes.ts';
import { conversations } from './conversations/routes.tsx';
import { assets } from './http/assets.ts';
import { compression } from './http/compression.ts';
import { edge } from './http/edge.ts';
import { LARGEST_BODY } from './http/large-bodies.ts';
import { live } from './live/routes.ts';
import { mail } from './mail/routes.tsx';
import { drafts } from './messages/draft-routes.ts';
import { unsentFiles } from './messages/file-routes.ts';
import { messages } from './messages/routes.tsx';
import { sending } from './messages/sending-routes.tsx';
import { templateMessages } from './messages/template-routes.tsx';
import { versions } from './messages/versions-routes.tsx';
import { numberPhones } from './numbers/phone-routes.tsx';
import { ratePages } from './numbers/rate-routes.tsx';
import { numberPages } from './numbers/routes.tsx';
import { numberSending } from './numbers/sending-routes.tsx';
import { operator } from './operator/routes.tsx';
import { health } from './ops/health.ts';
import { metrics } from './ops/metrics.ts';
import { newEmail } from './people/email-routes.tsx';
import { invitation } from './people/invite-routes.tsx';
import { me } from './people/me-routes.tsx';
import { passwords } from './people/reset-routes.tsx';
import { roles } from './people/role-routes.tsx';
import { peopleSettings } from './people/settings-routes.ts';
import { teams } from './people/team-routes.tsx';
import { search } from './search/routes.tsx';
import type { Services } from './services.ts';
import { accountSwitch } from './sessions/account-routes.ts';
import { door } from './sessions/door.ts';
import { settings } from './settings/routes.tsx';
import { templatePicker } from './templates/picker-routes.tsx';
import { templateList } from './templates/routes.tsx';
import { journal } from './webhooks/journal-routes.tsx';
import { webhooks } from './webhooks/routes.ts';

/** The table of contents: what every response carries, then every feature in reading order. */
export const createApp = (services: Services, extras: readonly AnyElysia[] = []) =>
  new Elysia({
    serve: { maxRequestBodySize: LARGEST_BODY, idleTimeout: 60 },
    websocket: { idleTimeout: 60, perMessageDeflate: true, maxPayloadLength: 16 * 1024 },
  })
    .use(edge({ ...services, denials: createDenials(services) }))
    .use(compression(services.config))
    .use(health(services))
    .use(metrics(services))
    .use(assets)
    .use(webhooks(services))
    .use(setup(services))
    .use(signUp(services))
    .use(door(services))
    .use(passwords(services))
    .use(invitation(services))
    .use(newEmail(services))
    .use(accountSwitch(services))
    .use(conversations(services))
    .use(messages(services))
    .use(sending(services))
    .use(versions(services))
    .use(sharedCards(services))
    .use(fileFetching(services))
    .use(templatePicker(services))
    .use(templateMessages(services))
    .use(templateList(services))
    .use(drafts(services))
    .use(unsentFiles(services))
    .use(files(services))
    .use(contacts(services))
    .use(blocking(services))
    .use(search(services))
    .use(settings(services))
    .use(peopleSettings(services))
    .use(teams(services))
    .use(roles(services))
    .use(ratePages(services))
    .use(numberPages(services))
    .use(numberSending(services))
    .use(numberPhones(services))
    .use(journal(services))
    .use(apiKeysPages(services))
    .use(audit(services))
    .use(me(services))
    .use(operator(services))
    .use(mail(services))
    .use(live(services))
    .use(api(services))
    .use([...extras]);
