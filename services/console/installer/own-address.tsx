import { Alert } from '@mantine/core';
import { Icon } from '../parts/icon.tsx';
import { useWords } from '../words/index.ts';

/** What names this machine by a name that means another one elsewhere leads nowhere from a device or a phone. */
export function OwnAddress() {
  const say = useWords('installer');
  const host = location.hostname;
  if (!/^(localhost|127(\.\d+){3}|\[::1\])$/.test(host)) return null;
  return (
    <Alert color="orange" variant="outline" icon={<Icon name="warning" />} data-print="leave">
      {say('onlyHere', { host })}
    </Alert>
  );
}
