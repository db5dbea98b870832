import { useEffect, useState } from 'react';
import { answer, api } from '../../api/client.ts';
import { OneTalk, type Shown, silent } from './one-talk.ts';
import { openMicrophone, openTalk } from './talk.ts';

export interface Talking extends Shown {
  begin(): void;
  end(): void;
}

/** The talk of this part of the page; it ends when the part leaves. @param ask asks the server for a live broadcast; answers its id */
export function useTalk(ask: () => Promise<string>): Talking {
  const [shown, setShown] = useState(silent);
  const [talk] = useState(
    () => new OneTalk({ openMicrophone, openTalk, stop, show: (news) => setShown((before) => ({ ...before, ...news })) }),
  );
  useEffect(() => () => talk.end(), [talk]);
  return { ...shown, begin: () => void talk.begin(ask), end: () => talk.end() };
}

/** Nobody speaks to it, whether or not the server can be told so: then it lapses, and says that among the verdicts. */
function stop(id: string): void {
  answer(api.POST('/api/v1/broadcasts/{id}/stop', { params: { path: { id } }, body: {} })).catch((error: unknown) =>
    console.info('the talk that nobody speaks to could not be stopped:', error),
  );
}
