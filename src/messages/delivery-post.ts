import type { Services } from '#src/services.ts';
import type { SendOutcome } from '#src/whatsapp/client.ts';
import type { Claim } from './outbox-claim.ts';

/** What delivery is made of. */
export type DeliveryParts = Pick<
  Services,
  'accounts' | 'control' | 'counts' | 'keyring' | 'live' | 'log' | 'now' | 'phase' | 'vault' | 'whatsapp'
> & { templates: Pick<Services['templates'], 'renew'> };

/** Sends one claimed row; whatever goes wrong with it is an outcome. */
export async function post(parts: DeliveryParts, accountId: number, claim: Claim): Promise<SendOutcome> {
  const { keyring, log, whatsapp } = parts;
  const { row, sender, outgoing } = claim;
  // Comes back in every status of the message: an unknown send is settled by it, even after a restart.
  const callback = `${keyring.installId}.${accountId}.${row.id}.${row.attempt}`;
  try {
    return await whatsapp.send(sender, { ...outgoing, callback });
  } catch (error) {
    log.error({ account: accountId, message: row.id, err: error }, 'sending failed in an unexpected way');
    return { kind: 'unknown', why: 'unexpected' };
  }
}
