import { useParams } from '@tanstack/react-router';
import { Look } from './look.tsx';
import { Overview } from './overview.tsx';
import { Plan } from './plan.tsx';
import { Run } from './run.tsx';

/** Video patrol: the overview, a run under way, free looking, and the plans. */
export default function Patrol() {
  const { _splat = '' } = useParams({ strict: false });
  const [room, what = ''] = _splat.split('/');
  if (room === 'run' && what !== '') return <Run key={what} id={what} />;
  if (room === 'plan' && what !== '') return <Plan key={what} id={what} />;
  if (room === 'look') return <Look ids={what.split(',').filter((id: string) => id !== '')} />;
  return <Overview />;
}
