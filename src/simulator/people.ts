import parsePhoneNumber from 'libphonenumber-js/min';

/** What a customer shows the business. `hidePhone` needs a username: WhatsApp then shares only the BSUID. */
export type Profile = {
  name?: string;
  username?: string;
  bsuid?: string;
  hidePhone?: boolean;
  /** WhatsApp's own id where it differs from the phone number, as in Brazil and Mexico. */
  waId?: string;
};

export type Person = {
  phone: string;
  waId: string;
  userId: string;
  name: string;
  username: string | null;
  hidePhone: boolean;
};

const E164 = /^\+[1-9]\d{6,14}$/;

export function isE164(phone: string): boolean {
  return E164.test(phone);
}

/**
 * A person who uses WhatsApp, or the one already known with a changed profile. Without a BSUID one is
 * derived from the phone: the same phone is the same person all over a portfolio.
 */
export function createPerson(phone: string, profile: Profile, portfolioId: string, known?: Person): Person {
  if (!isE164(phone)) {
    throw new Error(`A customer's phone is written as E.164 with a plus; got ${phone}`);
  }
  return {
    phone,
    waId: profile.waId ?? known?.waId ?? phone.slice(1),
    userId: profile.bsuid ?? known?.userId ?? deriveUserId(phone, portfolioId),
    name: profile.name ?? known?.name ?? phone,
    username: profile.username ?? known?.username ?? null,
    hidePhone: profile.hidePhone ?? known?.hidePhone ?? false,
  };
}

function deriveUserId(phone: string, portfolioId: string): string {
  const hash = new Bun.CryptoHasher('sha256').update(`${portfolioId} ${phone}`).digest('hex');
  const number = (BigInt(`0x${hash}`) % 10n ** 20n).toString().padStart(20, '1');
  return `${parsePhoneNumber(phone)?.country ?? 'US'}.${number}`;
}
