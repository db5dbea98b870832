import { Alert, Button, List } from '@mantine/core';
import { Refused } from '../api/client.ts';
import { useWords } from '../words/index.ts';
import { wordsOf } from '../words/problems.ts';
import { Detail } from './detail.tsx';
import { useFaultWords } from './faults.ts';
import { Icon } from './icon.tsx';

interface Props {
  readonly error: unknown;
  /** What could not be done, where that is not plain from where the box stands. */
  readonly what?: string | undefined;
  readonly retry?: (() => void) | undefined;
  /** Takes the box away. */
  readonly forget?: (() => void) | undefined;
}

/** What went wrong and what to do about it. Nothing when there is no error. */
export function Trouble({ error, what, retry, forget }: Props) {
  const say = useWords('common');
  const { faultOf } = useFaultWords();
  if (error === null || error === undefined) return null;
  const problem = error instanceof Refused ? error.problem : undefined;
  const words = problem && wordsOf(problem);
  return (
    <Alert
      role="alert"
      color="orange"
      variant="outline"
      icon={<Icon name="warning" />}
      title={what ?? words?.title ?? say('failed')}
      withCloseButton={forget !== undefined}
      closeButtonLabel={say('close')}
      {...(forget ? { onClose: forget } : {})}
    >
      {what !== undefined && words ? `${words.title} ` : ''}
      {words ? words.remedy : say('unreachable')}
      {words?.detail !== undefined && <Detail text={words.detail} />}
      {problem && problem.faults.length > 0 && (
        <List size="sm">
          {problem.faults.map(({ path, message }) => (
            <List.Item key={`${path} ${message}`}>
              {path}: {faultOf(message)}
            </List.Item>
          ))}
        </List>
      )}
      {retry && (
        <Button mt="xs" size="xs" variant="default" onClick={retry}>
          {say('retry')}
        </Button>
      )}
    </Alert>
  );
}
