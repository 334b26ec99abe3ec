/** What `answer` resolves with, or `late` when that takes longer than `timeMs`. */
export async function inTime<T>(answer: Promise<T>, timeMs: number): Promise<T | 'late'> {
  const late = Promise.withResolvers<'late'>();
  const timer = setTimeout(() => late.resolve('late'), timeMs);
  try {
    return await Promise.race([answer, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
