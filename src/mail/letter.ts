/** What a letter says, by its kind: nothing in it but what its reader needs. Links are whole addresses. */
export type Letter =
  /** Somebody is invited into an account. */
  | { kind: 'invitation'; account: string; by: string; link: string; until: number }
  | { kind: 'reset'; link: string; until: number }
  /** The address is to be confirmed before the account of a sign-up begins. */
  | { kind: 'confirmation'; account: string; link: string; until: number }
  /** A new address is to be confirmed, to be used from then on. */
  | { kind: 'new-email'; link: string; until: number }
  /** To the address used so far. */
  | { kind: 'email-changed'; to: string; at: number }
  | { kind: 'password-changed'; at: number; address: string | null }
  | {
      kind: 'second-factor-changed';
      change:
        | 'on'
        | 'off'
        /** Passkeys are left. */
        | 'app-off'
        | 'codes'
        | 'passkey-added'
        | 'passkey-removed'
        /** Nothing is left beside the password. */
        | 'last-passkey-removed';
      at: number;
    }
  | { kind: 'new-device'; at: number; address: string | null; agent: string | null }
  /** Somebody who runs the install tries whether letters arrive. */
  | { kind: 'test'; by: string; at: number };

export type LetterKind = Letter['kind'];
