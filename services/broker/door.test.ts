import { expect, test, vi } from 'vitest';
import { openAedes } from './door.ts';
import type { brokerHooks } from './hooks.ts';

/** What Aedes keeps of last wills; its types do not name it. */
interface Wills {
  readonly persistence: { putWill(client: { readonly id: string; readonly brokerId: string }, will: object): Promise<unknown> };
}

test('after a pause of the whole machine no last will is published of devices that are still here', async () => {
  vi.useFakeTimers();
  const authorizePublish = vi.fn();
  const aedes = await openAedes('here', { authorizePublish } as unknown as ReturnType<typeof brokerHooks>);
  try {
    const will = { cmd: 'publish', topic: 'keys/key-1/status', payload: Buffer.from('offline'), qos: 1, retain: true, dup: false };
    await (aedes as unknown as Wills).persistence.putWill({ id: 'key-1/one', brokerId: 'here' }, will);
    vi.setSystemTime(Date.now() + 3_600_000);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(authorizePublish).not.toHaveBeenCalled();
  } finally {
    vi.useRealTimers();
    await new Promise<void>((closed) => aedes.close(closed));
  }
});
