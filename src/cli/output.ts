/** Data goes to stdout: one line of JSON for machines, one `name: value` a line for people; a list is a block each, of words one line. */
export async function printResult(result: object, asJson: boolean): Promise<void> {
  await print(asJson ? `${JSON.stringify(result)}\n` : `${asLines(result).join('\n')}\n`);
}

export async function print(text: string): Promise<void> {
  await Bun.write(Bun.stdout, text);
}

/** Everything that is not the answer goes to stderr. */
export async function say(text: string): Promise<void> {
  await Bun.write(Bun.stderr, `${text}\n`);
}

function asLines(result: object): string[] {
  return Object.entries(result).flatMap(([name, value]) => {
    if (Array.isArray(value) && typeof value[0] !== 'string') {
      return value.flatMap((one: object, index) => [...(index > 0 ? [''] : []), ...asLines(one)]);
    } else {
      return value === null ? [] : `${name}: ${inLine(value)}`;
    }
  });
}

function inLine(value: unknown): string {
  if (Array.isArray(value)) {
    return value.join(', ');
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
