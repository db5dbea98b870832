import { Refused } from '../api/client.ts';
import { Detail } from '../parts/detail.tsx';
import { useWords } from '../words/index.ts';
import { wordsOf } from '../words/problems.ts';

/** Why the server would not take something, and what to do. */
export function WhyRefused({ error }: { readonly error: unknown }) {
  const common = useWords('common');
  const problem = error instanceof Refused ? error.problem : undefined;
  if (!problem) return <div>{common('failed')}</div>;
  const { title, remedy, detail } = wordsOf(problem);
  return (
    <>
      <div>{title}</div>
      <div>{remedy}</div>
      {detail !== undefined && <Detail text={detail} />}
    </>
  );
}
