import { Button, FileInput, Group, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Refused } from '../api/client.ts';
import type { paths } from '../api/types.generated.ts';
import { useFaultWords } from '../parts/faults.ts';
import { Heads } from '../parts/heads.tsx';
import { Icon } from '../parts/icon.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWords } from '../words/index.ts';
import { Heading } from './heading.tsx';
import { type RowFault, rowFaultsOf } from './row-faults.ts';
import { Mark } from './state.tsx';

type Imported = paths['/api/v1/devices/import']['post']['responses']['201']['content']['application/json'];

/** Devices by the sheet: all rows or none, with every fault where it stands; and out again. */
export function Sheet() {
  const say = useWords('installer');
  return (
    <Stack>
      <Heading title={say('sheet')} back="/installer" />
      <Import />
      <Paper withBorder p="md" bg="var(--surface)" component="section">
        <Stack gap="sm">
          <Title order={2} size="h4">
            {say('export')}
          </Title>
          <Text c="var(--muted)">{say('exportHint')}</Text>
          <Group gap="xs">
            <Button variant="default" component="a" href="/api/v1/devices/export" download="devices.csv">
              {say('exportUtf8')}
            </Button>
            <Button variant="default" component="a" href="/api/v1/devices/export?encoding=gb18030" download="devices.csv">
              {say('exportGb')}
            </Button>
          </Group>
        </Stack>
      </Paper>
    </Stack>
  );
}

function Import() {
  const say = useWords('installer');
  const [file, setFile] = useState<File | null>(null);
  const client = useQueryClient();
  const sending = useMutation({
    mutationFn: async (sheet: File): Promise<Imported> => {
      // The typed client sends JSON alone; this is the sheet as it is, in whatever it is encoded.
      const response = await fetch('/api/v1/devices/import', { method: 'POST', headers: { 'content-type': 'text/csv' }, body: sheet });
      const body: unknown = await response.json();
      if (!response.ok) throw new Refused(response.status, body as ConstructorParameters<typeof Refused>[1]);
      return body as Imported;
    },
    onSuccess: () => client.invalidateQueries(),
  });
  const faults = rowFaultsOf(sending.error);
  return (
    <Paper withBorder p="md" bg="var(--surface)" component="section">
      <Stack gap="sm">
        <Title order={2} size="h4">
          {say('import')}
        </Title>
        <Text c="var(--muted)">{say('importHint')}</Text>
        <FileInput
          label={say('sheetFile')}
          accept=".csv,text/csv"
          clearable
          clearButtonProps={{ 'aria-label': say('clearFile') }}
          value={file}
          onChange={(chosen) => {
            setFile(chosen);
            sending.reset();
          }}
        />
        <Button size="md" disabled={!file} loading={sending.isPending} onClick={() => file && sending.mutate(file)}>
          {say('importNow')}
        </Button>
        {faults.length > 0 ? <Faults faults={faults} /> : <Trouble error={sending.error} />}
        {sending.data && <Done imported={sending.data} />}
      </Stack>
    </Paper>
  );
}

function Faults({ faults }: { readonly faults: readonly RowFault[] }) {
  const say = useWords('installer');
  const { faultOf, called } = useFaultWords();
  return (
    <Stack gap="xs" role="alert">
      <Mark standing="bad">{say('sheetFaults', { count: faults.length })}</Mark>
      <Table.ScrollContainer
        minWidth={320}
        mah="24rem"
        scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': say('sheetFaults', { count: faults.length }) } }}
      >
        <Table stickyHeader withTableBorder>
          <Heads of={[say('row'), say('column'), say('fault')]} />
          <Table.Tbody>
            {faults.map(({ row, column, message }) => (
              <Table.Tr key={`${row} ${column} ${message}`}>
                <Table.Td>{row}</Table.Td>
                <Table.Td>{called(column)}</Table.Td>
                <Table.Td>{faultOf(message)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}

/** The secrets of the new devices, which are never told again. */
function Done({ imported }: { readonly imported: Imported }) {
  const say = useWords('installer');
  const lines = imported.items.map(({ device, secret }) => `${device.id},${secret}`);
  const href = `data:text/csv;charset=utf-8,${encodeURIComponent(`id,secret\r\n${lines.join('\r\n')}\r\n`)}`;
  return (
    <Stack gap="xs" role="status">
      <Mark standing="good">{say('imported', { count: imported.created })}</Mark>
      <Text>{say('secretOnce')}</Text>
      <Button component="a" href={href} download="secrets.csv" variant="default" w="fit-content" leftSection={<Icon name="key" />}>
        {say('saveSecrets')}
      </Button>
    </Stack>
  );
}
