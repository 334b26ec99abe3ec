/**
 * One writing for the variants of a number that WhatsApp and people use side by side, so that they meet:
 * Brazilian mobiles with and without their ninth digit, Mexican ones with and without the 1 after 52,
 * Argentinian ones with and without the 9 after 54. Takes and gives digits only, with the country code.
 */
export function canonicalPhone(digits: string): string {
  return brazilian(digits) ?? mexican(digits) ?? argentinian(digits) ?? digits;
}

/** Old mobiles have eight digits that begin with 6 to 9; today they carry a 9 in front. */
function brazilian(digits: string): string | null {
  const match = /^55(\d\d)([6-9]\d{7})$/.exec(digits);
  return match ? `55${match[1]}9${match[2]}` : null;
}

function mexican(digits: string): string | null {
  const match = /^521(\d{10})$/.exec(digits);
  return match ? `52${match[1]}` : null;
}

function argentinian(digits: string): string | null {
  const match = /^549(\d{10})$/.exec(digits);
  return match ? `54${match[1]}` : null;
}
