import { Alert, Button, CopyButton, Stack, Text } from '@mantine/core';
import { Icon } from '../parts/icon.tsx';
import { useWords } from '../words/index.ts';
import classes from './admin.module.css';

/** Something that is shown this once: the server keeps only its hash. */
export function Once({
  title,
  hint,
  name,
  value,
}: {
  readonly title: string;
  readonly hint: string;
  readonly name: string;
  readonly value: string;
}) {
  const common = useWords('common');
  return (
    <Alert color="yellow" variant="outline" icon={<Icon name="warning" />} title={title}>
      <Stack align="start" gap="xs">
        <Text>{hint}</Text>
        <output className={classes.code} aria-label={name}>
          {value}
        </output>
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Button size="xs" variant="default" leftSection={<Icon name={copied ? 'check' : 'link'} />} onClick={copy}>
              {common(copied ? 'copied' : 'copy')}
            </Button>
          )}
        </CopyButton>
      </Stack>
    </Alert>
  );
}
