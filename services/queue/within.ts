/** True when the work ended in time (however it ended); it goes on unwatched when it did not. For ends of connections only. */
export async function within(work: Promise<unknown>, patience: number): Promise<boolean> {
  const late = new Promise<false>((resolve) => {
    AbortSignal.timeout(patience).addEventListener('abort', () => resolve(false), { once: true });
  });
  return Promise.race([
    work.then(
      () => true,
      () => true,
    ),
    late,
  ]);
}
