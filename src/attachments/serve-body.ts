/**
 * The body of an answer: `first`, then what `rest` yields, each chunk read only when the one before has left. Whoever
 * goes away ends the reading. When `rest` fails, `broke` is told and the connection breaks, so that nobody takes what
 * came for all of it.
 */
export function bodyOf(
  first: Uint8Array,
  rest: AsyncGenerator<Uint8Array>,
  broke: (error: unknown) => void,
): ReadableStream<Uint8Array> {
  let begins = true;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (begins) {
          begins = false;
          controller.enqueue(first);
          return;
        }
        try {
          const { done, value } = await rest.next();
          if (done) {
            controller.close();
          } else {
            controller.enqueue(value);
          }
        } catch (error) {
          broke(error);
          // Bun would write an error beside the log, in its own form.
          controller.error(undefined);
        }
      },
      async cancel() {
        await rest.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
