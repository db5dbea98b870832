import { Alert, Button, CopyButton, Group, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Icon } from '../parts/icon.tsx';
import { Qr } from '../parts/qr.tsx';
import { language, useWords } from '../words/index.ts';
import classes from './installer.module.css';
import { OwnAddress } from './own-address.tsx';
import { type Device, driversQuery } from './queries.ts';

/** What a device signs in with. Shown this once: the server keeps only its hash. */
export function Secret({ device, secret }: { readonly device: Pick<Device, 'id' | 'kind' | 'name'>; readonly secret: string }) {
  const say = useWords('installer');
  const common = useWords('common');
  const { data: drivers } = useQuery(driversQuery);
  const { mqtt, mqtts, ws } = drivers?.broker ?? {};
  const host = location.hostname;
  const port = mqtts ?? mqtt;
  const provisioning = JSON.stringify({
    host,
    ...(port === undefined ? {} : { port, tls: mqtts !== undefined }),
    username: device.id,
    password: secret,
  });
  const ports = [mqtt && `MQTT ${mqtt}`, mqtts && `MQTTS ${mqtts}`, ws && `WebSocket ${ws}`].filter((one) => one !== undefined);
  const comma = language() === 'zh' ? '，' : ', ';
  return (
    <Stack gap="sm" component="section" aria-label={say('secretTitle')}>
      <Alert color="yellow" variant="outline" icon={<Icon name="warning" />} title={say('secretTitle')}>
        {say('secretOnce')}
      </Alert>
      <OwnAddress />
      <Group align="start" gap="md">
        <Stack gap="xs" flex="1 1 16rem" miw={0}>
          <Text>{say('secretLabel')}</Text>
          <output className={classes.secret}>{secret}</output>
          {/* Browsers open the clipboard to pages over HTTPS alone; elsewhere the text is chosen with one touch. */}
          {isSecureContext && (
            <CopyButton value={secret}>
              {({ copied, copy }) => (
                <Button variant="default" leftSection={<Icon name={copied ? 'check' : 'link'} />} onClick={copy}>
                  {common(copied ? 'copied' : 'copy')}
                </Button>
              )}
            </CopyButton>
          )}
          <Table withRowBorders={false} verticalSpacing={4}>
            <Table.Tbody>
              <Row name={say('brokerHost')} value={[host, ...ports].join(comma)} />
              <Row name={say('userName')} value={device.id} />
              <Row name={say('topic')} value={`${device.kind === 'key' ? 'keys' : `${device.kind}s`}/${device.id}/…`} />
            </Table.Tbody>
          </Table>
        </Stack>
        <Stack gap={4} align="center">
          <Qr text={provisioning} label={say('provisioningCode')} />
          <Text size="sm">{say('provisioningCode')}</Text>
        </Stack>
      </Group>
    </Stack>
  );
}

const Row = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <Table.Tr>
    <Table.Th scope="row">{name}</Table.Th>
    <Table.Td>{value}</Table.Td>
  </Table.Tr>
);
