import type { AddressField, Call, FormAnswer, Unsupported } from '#src/messages/thread-message.ts';

/**
 * What a message holds, by kind. What is Meta's has Meta's names and shapes, so that what is sent comes back as it was
 * written; what was not said is left out. Meta's ids are text. Times are ISO 8601 in UTC.
 */
export type ContentJson =
  | { kind: 'text'; body: string; preview_url?: boolean }
  | MediaJson
  | { kind: 'location'; latitude: number; longitude: number; name?: string; address?: string; url?: string }
  | { kind: 'contacts'; contacts: ContactJson[] }
  | InteractiveContentJson
  /** A tap on the quick reply of a template. */
  | { kind: 'button'; text: string; payload?: string }
  /** A tap on one of our own buttons, or on a row of our list. */
  | { kind: 'button_reply'; title: string; id?: string }
  | { kind: 'list_reply'; title: string; description?: string; id?: string }
  | TemplateJson
  | { kind: 'order'; catalog_id?: string; text: string; product_items: ProductItemJson[] }
  /** Of a flow. Without answers it came as something else than a form's answers, which `text` then holds. */
  | { kind: 'form_reply'; answers: FormAnswer[]; text: string; flow_token?: string }
  /** The fields by Meta's names, and the lines as they stand on a letter. */
  | { kind: 'address_reply'; fields: AddressField[]; lines: string[] }
  | CallPermissionJson
  | { kind: 'call'; direction: 'in' | 'out'; outcome: Call['outcome']; duration_seconds?: number }
  /** Deleted by its sender: what it said is not given out. */
  | { kind: 'revoked' }
  /** `meta_type` is Meta's type of it. */
  | { kind: 'unsupported'; reason: Unsupported; meta_type?: string };

/** The file itself stands among the message's `attachments`. */
export type MediaJson = {
  kind: 'image' | 'video' | 'audio' | 'document' | 'sticker';
  mime_type: string;
  caption?: string;
  filename?: string;
  /** Of audio: a voice note. */
  voice?: boolean;
  /** Of a sticker. */
  animated?: boolean;
};

export type ContactJson = {
  name: {
    formatted_name: string;
    first_name?: string;
    middle_name?: string;
    last_name?: string;
    prefix?: string;
    suffix?: string;
  };
  phones: { phone: string; wa_id?: string; type?: string }[];
  emails: { email: string; type?: string }[];
  org?: { company?: string; department?: string; title?: string };
  addresses?: AddressJson[];
  urls?: { url: string; type?: string }[];
  /** `YYYY-MM-DD`. */
  birthday?: string;
  /** The customer's own, in answer to a request for it. */
  origin?: 'contact_request';
};

export type AddressJson = {
  street?: string;
  city?: string;
  state?: string;
  zip?: string;
  country?: string;
  country_code?: string;
  type?: string;
};

export type InteractiveContentJson = {
  kind: 'interactive';
  header?: HeadingJson;
  body: { text: string };
  footer?: { text: string };
} & ActionJson;

/** A text, or a file by its id here. */
export type HeadingJson =
  | { type: 'text'; text: string }
  | { type: 'image'; image: { id: number } }
  | { type: 'video'; video: { id: number } }
  | { type: 'document'; document: { id: number; filename?: string } };

/** What can be tapped. */
export type ActionJson =
  | { type: 'button'; action: { buttons: { type: 'reply'; reply: { id: string; title: string } }[] } }
  | {
      type: 'list';
      action: {
        button: string;
        sections: { title?: string; rows: { id: string; title: string; description?: string }[] }[];
      };
    }
  | { type: 'cta_url'; action: { name: 'cta_url'; parameters: { display_text: string; url: string } } }
  | { type: 'location_request_message'; action: { name: 'send_location' } }
  | { type: 'request_contact_info'; action: { name: 'request_contact_info' } };

export type TemplateJson = {
  kind: 'template';
  name: string;
  language: { code: string };
  /** Meta's: `MARKETING`, `UTILITY` or `AUTHENTICATION`. */
  category: string;
  /** What fills it, as the API takes it; files of ours by their ids here. */
  components: object[];
  /** How the customer sees it. */
  shown: TemplateCardJson & {
    footer?: string;
    limited_time_offer?: { text: string; expires_at?: string | null };
    cards?: TemplateCardJson[];
  };
};

/** `header` names a file by its kind alone: the files of ours are the message's `attachments`, in their order. */
export type TemplateCardJson = {
  header?:
    | { type: 'text'; text: string }
    | { type: 'image' | 'video' | 'document' }
    | { type: 'location'; latitude: number; longitude: number; name: string; address: string };
  body?: string;
  buttons: { type: string; text: string; url?: string }[];
};

export type ProductItemJson = {
  product_retailer_id: string;
  quantity: number | null;
  /** Of one, in `currency` (ISO 4217 as a rule). */
  item_price: number | null;
  currency: string | null;
};

export type CallPermissionJson = {
  kind: 'call_permission_reply';
  response: 'accept' | 'reject';
  /** Until when they may be called. */
  expires_at?: string | null;
  is_permanent?: boolean;
  /** A setting answered, not a tap. */
  is_automatic?: boolean;
};
