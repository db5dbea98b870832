import { Loader } from '@mantine/core';
import { useWords } from '../words/index.ts';
import classes from './loading.module.css';

/** Stands where something will stand: a page that is empty for a while says for what. */
export function Loading({ what }: { readonly what: string }) {
  const say = useWords('common');
  return (
    <p className={classes.loading} role="status">
      <Loader size="sm" />
      {say('loadingWhat', { what })}
    </p>
  );
}
