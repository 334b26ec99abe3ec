/**
 * Waits for SIGTERM or SIGINT, then for `stop`, and returns the exit code.
 * A second signal ends the process at once; what was acknowledged is on the disk by then.
 */
export async function untilToldToStop(stop: () => Promise<void>): Promise<number> {
  await new Promise<void>((resolve) => {
    let told = false;
    const onSignal = () => {
      if (told) {
        process.exit(1);
      }
      told = true;
      resolve();
    };
    process.on('SIGTERM', onSignal);
    process.on('SIGINT', onSignal);
  });
  await stop();
  return 0;
}
