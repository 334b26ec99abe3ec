import { asFields, asMoment, type Fields, isTrue } from '../shape.ts';
import type { Understood } from './understood.ts';

/** Whether the customer may be called, and until when. */
export function readCallPermission(reply: Fields | null): Understood | null {
  const response = asFields(reply)?.response;
  if (response !== 'accept' && response !== 'reject') {
    return null;
  }
  const until = asMoment(reply?.expiration_timestamp);
  return {
    text: '',
    content: {
      kind: 'call_permission',
      isGranted: response === 'accept',
      ...(until === null ? {} : { until }),
      ...(isTrue(reply?.is_permanent) ? { isPermanent: true } : {}),
      ...(reply?.response_source === 'automatic' ? { isAutomatic: true } : {}),
    },
  };
}
