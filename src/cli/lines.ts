/**
 * The lines of a connection, each ended by a line feed; one that breaks has no more. Not `node:readline`, which ends a
 * line at U+2028 and U+2029 as well: JSON holds both inside its strings.
 */
export async function* linesOf(connection: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const chunk of connection) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch {
    // Whoever waits for a line finds that none came.
  }
}
