import { Button } from '@mantine/core';
import { useWords } from '../words/index.ts';

/** Takes an incident as evidence: one signed file. That it was taken is on the audit trail. */
export function TakeEvidence({ id }: { readonly id: string }) {
  const say = useWords('verify');
  return (
    <Button component="a" href={`/api/v1/incidents/${id}/evidence`} download size="compact-sm" variant="default" title={say('takeHint')}>
      {say('take')}
    </Button>
  );
}
