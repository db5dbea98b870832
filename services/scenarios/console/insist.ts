import type { Locator } from 'playwright-core';
import { vi } from 'vitest';

/**
 * Acts until what must follow is seen. A product that stood still on a machine which others share refuses with 503 and says
 * that it may be tried again; a person does so.
 */
export async function insist(act: () => Promise<unknown>, seen: Locator): Promise<void> {
  await vi.waitFor(
    async () => {
      if (await seen.isVisible()) return;
      await act();
      await seen.waitFor({ timeout: 20_000 });
    },
    { timeout: 120_000, interval: 500 },
  );
}

/** What such a refusal leaves in the log of a page. */
export const mayBeBusy = /503/;
