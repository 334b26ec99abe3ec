/** A message on its way out. `callback` comes back in every status, and settles what no answer told. */
export type Outgoing = {
  /** E.164 with `+`: without it Meta prepends the business's own country code. */
  to: { phone: string } | { bsuid: string };
  callback: string;
  body: OutgoingText | OutgoingReaction;
};

type OutgoingText = { type: 'text'; text: string; quotedWamid?: string };
/** An empty emoji takes the reaction back. */
type OutgoingReaction = { type: 'reaction'; wamid: string; emoji: string };

/** The body of `POST /{phone_number_id}/messages`. */
export function messageBody({ to, callback, body }: Outgoing): object {
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...('phone' in to ? { to: to.phone } : { recipient: to.bsuid }),
    ...(body.type === 'text' ? textBody(body) : reactionBody(body)),
    biz_opaque_callback_data: callback,
  };
}

function textBody({ text, quotedWamid }: OutgoingText): object {
  return {
    type: 'text',
    text: { body: text, preview_url: false },
    ...(quotedWamid === undefined ? {} : { context: { message_id: quotedWamid } }),
  };
}

function reactionBody({ wamid, emoji }: OutgoingReaction): object {
  return { type: 'reaction', reaction: { message_id: wamid, emoji } };
}
