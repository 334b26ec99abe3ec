import { asFields, asNumber, asWords } from '../shape.ts';
import type { Reader } from './understood.ts';

export const readLocation: Reader = (message) => {
  const location = asFields(message.location);
  const latitude = asNumber(location?.latitude);
  const longitude = asNumber(location?.longitude);
  if (latitude === null || longitude === null || Math.abs(latitude) > 90 || Math.abs(longitude) > 180) {
    return null;
  }
  const name = asWords(location?.name);
  const address = asWords(location?.address);
  const url = asWords(location?.url);
  return {
    text: [name, address].filter((part) => part !== null).join(', '),
    content: {
      kind: 'location',
      latitude,
      longitude,
      ...(name === null ? {} : { name }),
      ...(address === null ? {} : { address }),
      ...(url === null ? {} : { url }),
    },
  };
};
