import { Title } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { mayDo, useSession } from '../api/session.ts';
import { useWords } from '../words/index.ts';
import { Handovers } from './handovers.tsx';
import { PolicyPage } from './policies.tsx';
import { Sheet } from './sheet.tsx';
import classes from './supervisor.module.css';

/** The change of shift, and the policies. Operators hand over too; policies are the supervisor's. */
export default function Supervisor() {
  const say = useWords('supervisor');
  const session = useSession();
  const { _splat = '' } = useParams({ strict: false });
  const [part = '', id = ''] = _splat.split('/');
  const leads = mayDo(session, ['supervisor']);
  return (
    <div className={classes.page}>
      <div data-print="leave">
        {id === '' && (
          <Title order={1} size="h3">
            {say('title')}
          </Title>
        )}
        <nav className={classes.tabs} aria-label={say('parts')}>
          <Link to="/supervisor/handovers" {...(part === 'policies' ? {} : { 'aria-current': 'page' as const })}>
            {say('handovers')}
          </Link>
          {leads && (
            <Link to="/supervisor/policies" {...(part === 'policies' ? { 'aria-current': 'page' as const } : {})}>
              {say('policies')}
            </Link>
          )}
        </nav>
      </div>
      {part === 'policies' && leads ? <PolicyPage /> : id === '' ? <Handovers /> : <Sheet key={id} id={id} />}
    </div>
  );
}
