import { authorizeNumber, authorizeWaba } from './authorization.ts';
import type { Incoming, Reply } from './exchange.ts';
import type { Fields } from './fields.ts';
import { GraphError } from './graph-error.ts';
import { readFileNode } from './media/node.ts';
import type { NumberState } from './numbers.ts';
import type { World } from './world.ts';

const NUMBER_DEFAULTS = [
  'verified_name',
  'code_verification_status',
  'display_phone_number',
  'quality_rating',
];
const WABA_DEFAULTS = ['name', 'currency', 'timezone_id'];

/** `GET /{id}`: a number, a WABA or a file. */
export function readNode(world: World, incoming: Incoming): Reply {
  const { request, url, id } = incoming;
  if (world.media.files.has(id)) {
    return readFileNode(world, incoming);
  }
  const waba = !world.numbers.has(id) && world.numbers.values().some((number) => number.wabaId === id);
  if (waba) {
    const numbers = authorizeWaba(world, request, id);
    return { body: pick(wabaFields(world, numbers, id), url, 'WhatsAppBusinessAccount', WABA_DEFAULTS) };
  }
  const number = authorizeNumber(world, request, id);
  return { body: pick(numberFields(world, number), url, 'WhatsAppBusinessPhoneNumber', NUMBER_DEFAULTS) };
}

export function listNumbers(world: World, { request, url, id }: Incoming): Reply {
  const numbers = authorizeWaba(world, request, id);
  const data = numbers.map((number) =>
    pick(numberFields(world, number), url, 'WhatsAppBusinessPhoneNumber', NUMBER_DEFAULTS),
  );
  return { body: { data, paging: { cursors: { before: 'QVFI', after: 'QVFI' } } } };
}

/** `GET /debug_token`: what a token may do. The caller shows a token of its own, or `app id|app secret`. */
export function debugToken(world: World, { request, url }: Incoming): Reply {
  const caller =
    url.searchParams.get('access_token') ?? request.headers.get('authorization')?.replace(/^Bearer /, '');
  const numbers = [...world.numbers.values()];
  if (
    !caller ||
    !numbers.some(({ accessToken, appSecret }) => caller === accessToken || caller.endsWith(`|${appSecret}`))
  ) {
    throw new GraphError(401, 190, 'Invalid OAuth access token - Cannot parse access token');
  }
  const token = url.searchParams.get('input_token');
  if (!token) {
    throw new GraphError(400, 100, '(#100) The parameter input_token is required.');
  }
  const holders = numbers.filter((number) => number.accessToken === token);
  const scopes = ['whatsapp_business_management', 'whatsapp_business_messaging'];
  const target_ids = [...new Set(holders.map(({ wabaId }) => wabaId))];
  const is_valid = holders.some(({ tokenEnded }) => !tokenEnded);
  return {
    body: {
      data: {
        app_id: '1000000000000001',
        type: 'SYSTEM_USER',
        is_valid,
        expires_at: 0,
        data_access_expires_at: 0,
        scopes: is_valid ? scopes : [],
        granular_scopes: is_valid ? scopes.map((scope) => ({ scope, target_ids })) : [],
      },
    },
  };
}

function numberFields({ phoneApps }: World, number: NumberState): Fields {
  return {
    id: number.phoneNumberId,
    display_phone_number: number.displayPhoneNumber,
    verified_name: number.verifiedName,
    quality_rating: 'GREEN',
    code_verification_status: 'VERIFIED',
    name_status: 'APPROVED',
    status: 'CONNECTED',
    platform_type: 'CLOUD_API',
    throughput: { level: 'STANDARD' },
    is_official_business_account: false,
    whatsapp_business_manager_messaging_limit: 'TIER_250',
    webhook_configuration: number.webhookUrl ? { application: number.webhookUrl } : {},
    is_on_biz_app: phoneApps.has(number.phoneNumberId),
    health_status: health('PHONE_NUMBER', number.phoneNumberId),
    account_mode: 'LIVE',
  };
}

function wabaFields({ portfolioId }: World, numbers: NumberState[], wabaId: string): Fields {
  return {
    id: wabaId,
    name: numbers[0]?.verifiedName ?? wabaId,
    currency: 'USD',
    timezone_id: '1',
    account_review_status: 'APPROVED',
    business_verification_status: 'not_verified',
    country: 'ZW',
    message_template_namespace: '00000000_0000_0000_0000_000000000000',
    owner_business_info: { id: portfolioId, name: numbers[0]?.verifiedName ?? wabaId },
    health_status: health('WABA', wabaId),
  };
}

function health(entity_type: string, id: string): Fields {
  return { can_send_message: 'AVAILABLE', entities: [{ entity_type, id, can_send_message: 'AVAILABLE' }] };
}

/** Only the fields that were asked for; Meta refuses a field it does not know. */
function pick(fields: Fields, url: URL, node: string, defaults: string[]): Fields {
  const asked = url.searchParams.get('fields')?.split(',') ?? defaults;
  const unknown = asked.find((field) => !(field in fields));
  if (unknown !== undefined) {
    throw new GraphError(
      400,
      100,
      `(#100) Tried accessing nonexisting field (${unknown}) on node type (${node})`,
    );
  }
  return Object.fromEntries([...new Set([...asked, 'id'])].map((field) => [field, fields[field]]));
}
