import { useParams } from '@tanstack/react-router';
import { List } from './list.tsx';
import { Report } from './report.tsx';
import { Reports } from './reports.tsx';

/** What was handled before: every incident, the report of each, and what came of them all, to be read and printed. Nothing here changes anything. */
export default function Records() {
  const { _splat = '' } = useParams({ strict: false });
  if (_splat === 'reports') return <Reports />;
  return _splat === '' ? <List /> : <Report key={_splat} id={_splat} />;
}
