import { expect, test } from 'bun:test';
import { readBodies } from '../bodies/bodies.ts';
import { interactiveOf } from '../outgoing-interactive.ts';
import { readUpdates, type Update } from '../updates.ts';

const ENTRY = { id: '102290129340398', time: 1_795_350_000 };

const updatesOf = (field: string, value: object): Update[] =>
  readUpdates(field, JSON.stringify({ ...ENTRY, field, value }), 1);

function inShort(update: Update): string {
  switch (update.kind) {
    case 'account': {
      const effect = update.effect ? ` ${update.effect.does} ${update.effect.cause}` : '';
      return `${update.about} ${update.event} ${update.severity}${effect}`.replace('  ', ' ');
    }
    case 'template':
      return `template ${update.what}`;
    case 'preference':
      return `${update.purpose} ${update.state}`;
    case 'echo':
      return `${update.by} ${update.message.type}`;
    case 'past':
      return `past ${update.direction} ${update.status} ${update.message.type}`;
    case 'history-chunk':
      return `chunk ${update.phase}.${update.chunkOrder} ${update.progress}% of ${update.messages}`;
    case 'phone-contact':
      return `${update.action} ${update.sender.name}`;
    case 'handover':
      return `${update.what} ${update.from} to ${update.to}`;
    case 'message':
      return `message ${update.message.type}${update.isElsewhere ? ' elsewhere' : ''}`;
    default:
      return update.kind;
  }
}

test('each body of a field is understood as what it says', () => {
  const understood = readBodies('fields')
    .filter(({ field }) => field !== 'calls')
    .map(({ name, field, value }) => [name, updatesOf(field, value).map(inShort).join(', ')]);
  expect(Object.fromEntries(understood)).toMatchInlineSnapshot(`
    {
      "account_alerts-flat": "alert INCREASED_CAPABILITIES_ELIGIBILITY_NEED_MORE_INFO warning",
      "account_alerts-nested": "alert OBA_APPROVED info",
      "account_review_update-approved": "review APPROVED good",
      "account_review_update-deferred": "review DEFERRED info",
      "account_review_update-pending": "review PENDING info",
      "account_review_update-rejected": "review REJECTED critical",
      "account_settings_update": "other PHONE_NUMBER_SETTINGS info",
      "account_update-ad-account": "account AD_ACCOUNT_LINKED info",
      "account_update-app-installed": "account PARTNER_APP_INSTALLED good resumes app",
      "account_update-app-uninstalled": "account PARTNER_APP_UNINSTALLED critical pauses app",
      "account_update-ban-announced": "account DISABLED_UPDATE critical",
      "account_update-certification": "account PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE info",
      "account_update-country": "account BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE info",
      "account_update-deleted": "account ACCOUNT_DELETED critical pauses deleted",
      "account_update-disabled": "account DISABLED_UPDATE critical pauses disabled",
      "account_update-international": "account AUTH_INTL_PRICE_ELIGIBILITY_UPDATE info",
      "account_update-offboarded": "account ACCOUNT_OFFBOARDED critical pauses offboarded",
      "account_update-partner-added": "account PARTNER_ADDED good resumes partner",
      "account_update-partner-removed": "account PARTNER_REMOVED critical pauses partner",
      "account_update-reconnected": "account ACCOUNT_RECONNECTED good resumes offboarded",
      "account_update-reinstated": "account DISABLED_UPDATE good resumes disabled",
      "account_update-restriction": "account ACCOUNT_RESTRICTION critical pauses starts, account ACCOUNT_RESTRICTION critical",
      "account_update-terms": "account MM_LITE_TERMS_SIGNED info",
      "account_update-unheard-of": "account MOON_LANDED info",
      "account_update-violation": "account ACCOUNT_VIOLATION critical",
      "account_update-volume-tier": "account VOLUME_BASED_PRICING_TIER_UPDATE info",
      "automatic_events": "other info",
      "business_capability_update": "limit info",
      "business_capability_update-tier": "limit info",
      "business_status_update": "other BUSINESS_VERIFIED info",
      "business_username_updates-approved": "username APPROVED good",
      "business_username_updates-deleted": "username DELETED info",
      "business_username_updates-reserved": "username RESERVED info",
      "flows": "other FLOW_STATUS_CHANGE info",
      "group_lifecycle_update": "group GROUP_CREATE info",
      "group_participants_update": "group GROUP_PARTICIPANTS_ADD info",
      "group_settings_update": "group GROUP_SETTINGS_UPDATE info",
      "group_status_update": "group GROUP_SUSPEND info",
      "history-chunk": "past in read text, past out delivered text, past in read unsupported, past out failed text, chunk 1.1 60% of 4",
      "history-declined": "history 2593109 warning",
      "history-end": "past in read text, chunk 1.2 100% of 1",
      "history-media": "past in sent image",
      "message_echoes": "other info",
      "message_template_components_update": "template components",
      "message_template_quality_update": "template quality",
      "message_template_status_update-approved": "template status",
      "message_template_status_update-disabled": "template status",
      "message_template_status_update-paused": "template status",
      "message_template_status_update-rejected": "template status",
      "messaging_handovers-passed": "passed ai_agent to customer_service",
      "messaging_handovers-taken": "taken customer_service to ai_agent",
      "partner_solutions": "other SOLUTION_CREATED info",
      "payment_configuration_update": "other NEEDS TESTING info",
      "phone_number_name_update-approved": "name APPROVED good",
      "phone_number_name_update-rejected": "name REJECTED warning",
      "phone_number_quality_update-flagged": "quality FLAGGED critical",
      "phone_number_quality_update-throughput": "limit THROUGHPUT_UPGRADE good",
      "phone_number_quality_update-upgrade": "limit UPGRADE good",
      "security-pin-changed": "security PIN_CHANGED warning",
      "security-pin-reset": "security PIN_RESET_REQUEST critical",
      "smb_app_state_sync-add": "add Chipo (roofs), add Tawanda Welder",
      "smb_app_state_sync-remove": "remove null",
      "smb_message_echoes-edit": "edit",
      "smb_message_echoes-image": "phone_app image",
      "smb_message_echoes-revoke": "revoke",
      "smb_message_echoes-text": "phone_app text",
      "smb_message_echoes-without-phone": "phone_app text",
      "standby-echo": "other_system text",
      "standby-echo-buttons": "other_system interactive",
      "standby-echo-template": "other_system template",
      "standby-message": "message text elsewhere",
      "standby-status": "status",
      "template_category_update-announced": "template category",
      "template_category_update-done": "template category",
      "template_correct_category_detection": "other info",
      "tracking_events": "other info",
      "user_id_update": "identity",
      "user_preferences-resume": "marketing given",
      "user_preferences-signup": "marketing given",
      "user_preferences-stop": "marketing withdrawn",
      "user_preferences-without-phone": "marketing withdrawn",
    }
  `);
});

/** A message that another program sent, as it is understood. */
function echoed(message: object, beside: object = {}) {
  const echo = {
    id: 'wamid.1',
    timestamp: '1795345405',
    message: { to: '+263775550101', ...message },
    ...beside,
  };
  const standby = { metadata: { phone_number_id: '106540352242922' }, standby: { message_echoes: [echo] } };
  const [update] = updatesOf('standby', standby);
  if (update?.kind !== 'echo') {
    throw new Error('This is no echo.');
  }
  return update.message;
}

test('what another program asks to be tapped is read as we would send it ourselves', () => {
  const bodies = readBodies('sending').filter(({ name }) => name.startsWith('interactive-'));
  expect(bodies.length).toBeGreaterThan(6);
  for (const { value } of bodies) {
    const { text, content } = echoed(value);
    const { header, ...sent } = value.interactive as { header?: { type: string } };
    const { kind: type, ...asked } = content as Extract<typeof content, { kind: 'interactive' }>;
    expect<unknown>(interactiveOf({ type, text, ...asked } as Parameters<typeof interactiveOf>[0])).toEqual(
      header?.type === 'text' ? { ...sent, header } : sent,
    );
  }
});

test('what it asks in another way is a text of what stands in it; with nothing in it, it cannot be read', () => {
  const cards = ['Red', 'Blue'].map((text) => ({
    body: { text },
    action: { name: 'cta_url', parameters: { display_text: `See ${text}`, url: 'https://shop.example' } },
  }));
  const ask = (interactive: object) => {
    const { type, text, content } = echoed({ type: 'interactive', interactive });
    return [type, text, content.kind];
  };
  const body = { text: 'Our colours' };
  expect(ask({ type: 'carousel', body, action: { cards } })).toEqual([
    'text',
    'Our colours\nRed\nSee Red\nBlue\nSee Blue',
    'text',
  ]);
  const flow = { name: 'flow', parameters: { flow_id: '1', flow_cta: 'Book' } };
  expect(ask({ type: 'flow', body, action: flow })).toEqual(['text', 'Our colours\nBook', 'text']);
  expect(ask({ type: 'button', body, action: { buttons: [] } })).toEqual(['text', 'Our colours', 'text']);
  expect(ask({ type: 'button' })).toEqual(['unsupported', '', 'unsupported']);
});

test('a template of another program says its name and what fills it, or its words where they stand beside it', () => {
  const components = [{ type: 'BODY', text: 'Hello {{1}}, ready on {{2}}. {{3}}' }];
  const parameters = ['Chipo', 'Friday'].map((text) => ({ type: 'text', text }));
  const filled = [{ type: 'body', parameters }];
  const template = { name: 'roof_ready', language: { code: 'en_US' }, components: filled };
  const message = { type: 'template', template };
  expect(echoed(message)).toMatchObject({
    text: 'roof_ready\nChipo\nFriday',
    content: {
      kind: 'template',
      name: 'roof_ready',
      language: 'en_US',
      parts: [{ part: 'body', texts: [{ text: 'Chipo' }, { text: 'Friday' }] }],
    },
  });
  expect(echoed(message, { template: { category: 'UTILITY', components } })).toMatchObject({
    text: 'Hello Chipo, ready on Friday. {{3}}',
    content: { category: 'UTILITY', body: 'Hello Chipo, ready on Friday. {{3}}' },
  });
});

test('what another program answers is known', () => {
  const answer = { type: 'text', text: { body: 'At nine' }, context: { message_id: 'wamid.question' } };
  expect(echoed(answer)).toMatchObject({ text: 'At nine', quotedWamid: 'wamid.question' });
});

test('a template keeps every digit of its id, and what stands beside its value', () => {
  const value = {
    event: 'REJECTED',
    message_template_name: 'roof_ready',
    message_template_language: 'en_US',
    reason: 'NONE',
    disable_info: { disable_date: '1795431600' },
  };
  const raw = `{"id":"102290129340398","time":1795350000,"rejection_info":{"reason":"Too short","recommendation":"Say more."},
    "value":${JSON.stringify(value).replace('{', '{"message_template_id":12345678901234567,')}}`;
  expect(readUpdates('message_template_status_update', raw, 1)).toEqual([
    expect.objectContaining({
      kind: 'template',
      templateId: '12345678901234567',
      what: 'status',
      status: 'REJECTED',
      reason: null,
      remark: 'Too short Say more.',
      disablesAt: 1_795_431_600_000,
      at: 1_795_350_000_000,
    }),
  ]);
});
