import { Box, Group, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from '../parts/icon.tsx';
import { useWords } from '../words/index.ts';
import { LinkButton } from './link-button.tsx';

/** The name of a view, with the way back above it. */
export function Heading({ title, back, children }: { readonly title: string; readonly back?: string; readonly children?: ReactNode }) {
  const say = useWords('common');
  return (
    <Box>
      {back !== undefined && (
        <LinkButton to={back} variant="subtle" size="compact-md" mb={4} leftSection={<Icon name="left" />} data-print="leave">
          {say('back')}
        </LinkButton>
      )}
      <Group justify="space-between" gap="xs">
        <Title order={1} size="h2">
          {title}
        </Title>
        <Group gap="xs" data-print="leave">
          {children}
        </Group>
      </Group>
    </Box>
  );
}
