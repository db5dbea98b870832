import { Title } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { mayDo, useSession } from '../api/session.ts';
import { useWords } from '../words/index.ts';
import { Account } from './account.tsx';
import { Accounts } from './accounts.tsx';
import classes from './admin.module.css';
import { ApiKeys } from './api-keys.tsx';
import { Audit } from './audit.tsx';
import { Places } from './places/index.tsx';
import { Webhooks } from './webhooks.tsx';

const parts = ['accounts', 'places', 'api-keys', 'webhooks', 'audit'] as const;
/** What an auditor sees of them, without what would change anything. */
const read = ['audit', 'accounts', 'api-keys'] as const;
const bodies: Readonly<Record<(typeof parts)[number], ComponentType<{ readonly path: readonly string[] }>>> = {
  accounts: AccountPages,
  places: Places,
  'api-keys': ApiKeys,
  webhooks: Webhooks,
  audit: Audit,
};

function AccountPages({ path: [id = ''] }: { readonly path: readonly string[] }) {
  const edits = mayDo(useSession(), []);
  return id === '' || !edits ? <Accounts /> : <Account key={id} id={id} />;
}

/** Who may come in, what else may, who is told outside, and who did what. */
export default function Admin() {
  const say = useWords('admin');
  const { _splat = '' } = useParams({ strict: false });
  const [first, ...path] = _splat.split('/');
  const edits = mayDo(useSession(), []);
  const shown = edits ? parts : read;
  const part = shown.find((one) => one === first) ?? shown[0];
  const Body = bodies[part];
  return (
    <div className={classes.page}>
      <Title order={1} size="h3">
        {say('title')}
      </Title>
      <nav className={classes.tabs} aria-label={say('parts')}>
        {shown.map((one) => (
          <Link key={one} to={`/admin/${one}`} {...(one === part ? { 'aria-current': 'page' as const } : {})}>
            {say(one)}
          </Link>
        ))}
        {edits && (
          <Link to="/first-run" className={classes.away}>
            {say('firstRun')}
          </Link>
        )}
      </nav>
      <Body path={path} />
    </div>
  );
}
