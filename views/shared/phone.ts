import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** `+263775550142` → `+263 77 555 0142`; what is no number of a known plan stays as it is. */
export const phoneInWords = (phone: string): string =>
  parsePhoneNumberFromString(phone)?.formatInternational() ?? phone;
