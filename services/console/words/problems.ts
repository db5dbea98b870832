import type { Problem } from '../api/client.ts';
import { problemsZh } from './chinese.ts';
import { language } from './index.ts';

export interface ProblemWords {
  readonly title: string;
  readonly remedy: string;
  /** What only this case says, in English: to be shown as `Detail` of parts/detail.tsx. */
  readonly detail?: string;
}

/** What to do about a problem of which only the code is known, in the language of the page; undefined where its own words say it. */
export const remedyOf = (code: string): string | undefined =>
  language() === 'zh' ? Object.entries(problemsZh).find(([known]) => known === code)?.[1][1] : undefined;

export function wordsOf(problem: Problem): ProblemWords {
  const known = language() === 'zh' ? problemsZh[problem.code] : undefined;
  // Where faults are named, they say in the language of the page what the detail sums up in English.
  const summed = known !== undefined && problem.faults.length > 0;
  const detail = summed || problem.detail === problem.title ? {} : { detail: problem.detail };
  return known ? { title: known[0], remedy: known[1], ...detail } : { title: problem.title, remedy: problem.remedy, ...detail };
}
