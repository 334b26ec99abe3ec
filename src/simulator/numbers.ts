/** A business number as Meta knows it. `webhookUrl` is where its deliveries go; null: nowhere yet. */
export type SimulatedNumber = {
  phoneNumberId: string;
  wabaId: string;
  displayPhoneNumber: string;
  verifiedName: string;
  accessToken: string;
  appSecret: string;
  webhookUrl: string | null;
  verifyToken: string;
};

export type NumberState = SimulatedNumber & { tokenEnded: boolean; subscribed: boolean };

export type Numbers = Map<string, NumberState>;

export function numbersOfWaba(numbers: Numbers, wabaId: string): NumberState[] {
  return [...numbers.values()].filter((number) => number.wabaId === wabaId);
}

/** The digits of a number as Meta shows it: '+263 8 600 1234' is '26386001234'. */
export function digits(displayPhoneNumber: string): string {
  return displayPhoneNumber.replace(/\D/g, '');
}
