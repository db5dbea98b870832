import { Button, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Icon } from '../parts/icon.tsx';
import { Qr } from '../parts/qr.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWords } from '../words/index.ts';
import { Heading } from './heading.tsx';
import classes from './installer.module.css';
import { OwnAddress } from './own-address.tsx';
import { type Device, type DeviceKind, deviceQuery, installationQuery, kinds } from './queries.ts';

type Labelled = Pick<Device, 'id' | 'kind' | 'name'>;

/** Labels to print: of one device, or of a whole site on sheets of A4. */
export function Labels({ deviceId, siteId }: { readonly deviceId?: string; readonly siteId?: string }) {
  const say = useWords('installer');
  const common = useWords('common');
  const device = useQuery({ ...deviceQuery(deviceId ?? ''), enabled: deviceId !== undefined });
  const at = siteId ?? device.data?.siteId;
  const site = useQuery({ ...installationQuery(at ?? ''), enabled: at !== undefined });
  const [kind, setKind] = useState<DeviceKind>();
  const ofSite = site.data?.devices.filter((one) => one.siteId === siteId) ?? [];
  const of: readonly Labelled[] = deviceId === undefined ? ofSite : device.data ? [device.data] : [];
  const shown = of.filter((one) => kind === undefined || one.kind === kind);
  const place = site.data?.site.name;
  return (
    <Stack>
      <Heading title={say('labels')} back={siteId === undefined ? `/installer/device/${deviceId}` : `/installer/sites/${siteId}`}>
        <Button leftSection={<Icon name="print" />} disabled={shown.length === 0} onClick={() => print()}>
          {say('print')}
        </Button>
      </Heading>
      <Trouble error={device.error ?? site.error} />
      <OwnAddress />
      {siteId !== undefined && (
        <Select
          data-print="leave"
          w="fit-content"
          label={say('kind')}
          clearable
          placeholder={say('allKinds')}
          data={kinds.map((one) => ({ value: one, label: common(`device.${one}`) }))}
          value={kind ?? null}
          onChange={(value) => setKind(kinds.find((one) => one === value))}
        />
      )}
      <Text c="var(--muted)" data-print="leave">
        {say('labelHint')}
      </Text>
      <div className={classes.labels}>
        {shown.map((one) => (
          <Label key={one.id} device={one} place={place} />
        ))}
      </div>
    </Stack>
  );
}

/** Says which device it is and leads to its card; never what it signs in with. */
function Label({ device: { id, kind, name }, place }: { readonly device: Labelled; readonly place: string | undefined }) {
  const say = useWords('installer');
  const common = useWords('common');
  return (
    <div className={classes.label}>
      <Qr text={`${location.origin}/console/installer/device/${id}`} label={say('labelOf', { name })} />
      <div>
        <strong>{name}</strong>
        <span>{common(`device.${kind}`)}</span>
        <span>{id}</span>
        {place !== undefined && <span>{place}</span>}
      </div>
    </div>
  );
}
