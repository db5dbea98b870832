import { useParams } from '@tanstack/react-router';
import { List } from './list.tsx';
import { Report } from './report.tsx';

/** What was handled before: every incident, and the report of each, to be read and printed. Nothing here changes anything. */
export default function Records() {
  const { _splat = '' } = useParams({ strict: false });
  return _splat === '' ? <List /> : <Report key={_splat} id={_splat} />;
}
