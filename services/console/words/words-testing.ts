import { vi } from 'vitest';
import { type Language, openWords } from './index.ts';

/** The words of all rooms in one language, as a page has them; for tests that render a part of one. */
export async function wordsIn(language: Language): Promise<void> {
  vi.stubGlobal('localStorage', { getItem: () => language });
  vi.stubGlobal('document', { documentElement: {} });
  await openWords();
  vi.unstubAllGlobals();
}
