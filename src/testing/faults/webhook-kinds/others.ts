import { bsuid, contact, errors, type Fields, type Kind, metadata, type Named, SECOND } from './kind.ts';

function other(field: string, value: Fields | ((named: Named) => Fields)): Kind {
  return { name: field, field, is: 'other', value: typeof value === 'function' ? value : () => value };
}

const template = {
  message_template_id: 1234567890123456,
  message_template_name: 'order_ready',
  message_template_language: 'en_US',
};
const ofNumber = { display_phone_number: '263770100200' };

/** Fields other than `messages`: kept, and nothing of them is shown yet. */
export const others: readonly Kind[] = [
  { ...other('messages', (named) => ({ ...metadata(named), errors })), name: 'errors alone' },
  other('message_template_status_update', {
    ...template,
    event: 'REJECTED',
    reason: 'SCAM',
    message_template_category: 'UTILITY',
    disable_info: { disable_date: 1795348800 },
    other_info: { title: 'FIRST_PAUSE', description: 'd' },
    rejection_info: { reason: 'r', recommendation: 'x' },
  }),
  other('message_template_quality_update', {
    ...template,
    previous_quality_score: 'GREEN',
    new_quality_score: 'RED',
  }),
  other('message_template_components_update', {
    ...template,
    message_template_element: 'Hello {{1}}',
    message_template_title: 'T',
    message_template_footer: 'F',
    message_template_buttons: [
      {
        message_template_button_type: 'URL',
        message_template_button_text: 'Go',
        message_template_button_url: 'https://a.example',
      },
    ],
  }),
  other('template_category_update', {
    ...template,
    previous_category: 'UTILITY',
    new_category: 'MARKETING',
    category_update_timestamp: 1795348800,
  }),
  other('phone_number_quality_update', {
    ...ofNumber,
    event: 'FLAGGED',
    current_limit: 'TIER_1K',
    old_limit: 'TIER_250',
  }),
  other('phone_number_name_update', {
    ...ofNumber,
    decision: 'REJECTED',
    requested_verified_name: 'Mbare',
    rejection_reason: 'NAME_X',
  }),
  other('business_capability_update', {
    max_daily_conversations_per_business: 'TIER_2K',
    max_phone_numbers_per_business: 20,
  }),
  other('account_update', {
    event: 'DISABLED_UPDATE',
    phone_number: '263770100200',
    ban_info: { waba_ban_state: 'DISABLE', waba_ban_date: 'May 1' },
    violation_info: { violation_type: 'SPAM' },
    restriction_info: [{ restriction_type: 'R', expiration: 1, remediation: 'm' }],
    waba_info: { waba_id: '1', owner_business_id: '2', solution_partner_business_ids: ['3'] },
  }),
  other('account_review_update', { decision: 'APPROVED' }),
  other('account_alerts', {
    entity_type: 'BUSINESS',
    entity_id: '1',
    alert_info: {
      alert_severity: 'INFO',
      alert_status: 'NONE',
      alert_type: 'OBA_APPROVED',
      alert_description: 'd',
    },
  }),
  other('security', { ...ofNumber, event: 'PIN_CHANGED', requester: '1' }),
  other('user_preferences', (named) => ({
    ...metadata(named),
    contacts: [contact(named)],
    user_preferences: [
      {
        wa_id: named.phone,
        user_id: bsuid(named.phone),
        category: 'marketing_messages',
        value: 'stop',
        detail: 'd',
        timestamp: 1795348800,
      },
    ],
  })),
  other('business_username_updates', { ...ofNumber, username: 'mbare', status: 'approved' }),
  other('smb_message_echoes', (named) => ({
    ...metadata(named),
    message_echoes: [
      {
        from: '263770100200',
        to: named.phone,
        id: named.wamid,
        timestamp: SECOND,
        type: 'text',
        text: { body: 'From the phone' },
      },
    ],
  })),
  other('smb_app_state_sync', (named) => ({
    ...metadata(named),
    state_sync: [
      {
        type: 'contact',
        action: 'add',
        contact: { full_name: 'Rudo Moyo', first_name: 'Rudo', phone_number: named.phone },
        metadata: { timestamp: SECOND },
      },
    ],
  })),
  other('history', (named) => ({
    ...metadata(named),
    history: [
      {
        metadata: { phase: 0, chunk_order: 1, progress: 55 },
        threads: [
          {
            id: named.phone,
            context: { wa_id: named.phone, username: 'rudo' },
            messages: [
              {
                from: named.phone,
                id: named.wamid,
                timestamp: SECOND,
                type: 'text',
                text: { body: 'Long ago' },
                history_context: { status: 'READ' },
              },
            ],
          },
        ],
      },
    ],
  })),
  other('calls', (named) => ({
    ...metadata(named),
    calls: [
      {
        id: 'wacid.1',
        from: named.phone,
        to: '263770100200',
        event: 'connect',
        direction: 'USER_INITIATED',
        timestamp: SECOND,
        session: { sdp_type: 'offer', sdp: 'v=0' },
        status: 'COMPLETED',
        duration: 9,
        cta_payload: 'p',
      },
    ],
  })),
  other('standby', (named) => ({
    ...metadata(named),
    standby: {
      messages: [
        {
          from: named.phone,
          id: named.wamid,
          timestamp: SECOND,
          type: 'text',
          text: { body: 'To the machine' },
        },
      ],
    },
  })),
  other('messaging_handovers', {
    messaging_product: 'whatsapp',
    sender: { phone_number: '263779990000' },
    recipient: { ...ofNumber },
    type: 'control_passed',
    timestamp: SECOND,
    control_passed: {
      previous_owner_role: 'ai_agent',
      new_owner_role: 'customer_service',
      metadata: 'm',
      conversation_context: { type: 'summary', summary: { text: 's' } },
    },
  }),
  other('group_lifecycle_update', (named) => ({
    ...metadata(named),
    groups: [
      { timestamp: SECOND, type: 'group_create', group_id: 'g', request_id: 'r', subject: 'Builders' },
    ],
  })),
];
