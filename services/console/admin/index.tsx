import { Title } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { useWords } from '../words/index.ts';
import { Account } from './account.tsx';
import { Accounts } from './accounts.tsx';
import classes from './admin.module.css';
import { ApiKeys } from './api-keys.tsx';
import { Audit } from './audit.tsx';
import { Webhooks } from './webhooks.tsx';

const parts = ['accounts', 'api-keys', 'webhooks', 'audit'] as const;
const bodies: Readonly<Record<(typeof parts)[number], ComponentType>> = {
  accounts: Accounts,
  'api-keys': ApiKeys,
  webhooks: Webhooks,
  audit: Audit,
};

/** Who may come in, what else may, who is told outside, and who did what. */
export default function Admin() {
  const say = useWords('admin');
  const { _splat = '' } = useParams({ strict: false });
  const [first, id = ''] = _splat.split('/');
  const part = parts.find((one) => one === first) ?? 'accounts';
  const Body = bodies[part];
  return (
    <div className={classes.page}>
      <Title order={1} size="h3">
        {say('title')}
      </Title>
      <nav className={classes.tabs} aria-label={say('parts')}>
        {parts.map((one) => (
          <Link key={one} to={`/admin/${one}`} {...(one === part ? { 'aria-current': 'page' as const } : {})}>
            {say(one)}
          </Link>
        ))}
        <Link to="/first-run" className={classes.away}>
          {say('firstRun')}
        </Link>
      </nav>
      {part === 'accounts' && id !== '' ? <Account key={id} id={id} /> : <Body />}
    </div>
  );
}
