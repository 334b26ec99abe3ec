/**
 * The body of an answer: `first`, then what `rest` yields, each chunk read only when the one before has left. Whoever
 * goes away ends the reading. When `rest` fails, `broke` is told and the connection breaks, so that nobody takes what
 * came for all of it.
 */
export function bodyOf(
  first: Uint8Array,
  rest: AsyncGenerator<Uint8Array, void, void>,
  broke: (error: unknown) => void,
): ReadableStream<Uint8Array> {
  let read = async () => {
    read = () => rest.next();
    return { done: false, value: first } as IteratorResult<Uint8Array, void>;
  };
  let isGone = false;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await read();
          if (isGone) {
            return;
          } else if (done) {
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
        isGone = true;
        await rest.return();
      },
    },
    { highWaterMark: 0 },
  );
}
