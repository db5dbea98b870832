import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { answer, api } from '../api/client.ts';
import type { paths } from '../api/types.generated.ts';
import { useLiveEvents } from '../api/use-live.ts';
import { newId } from '../parts/new-id.ts';
import { type FoundCamera, portions } from './found.ts';
import type { Values } from './schema.ts';

type Adopted = paths['/api/v1/devices/adopt']['post']['responses']['200']['content']['application/json']['items'][number];

/** How far one camera has come; `problem` where its whole portion was refused. */
export type Progress =
  | { readonly state: 'waiting' | 'trying' | 'told'; readonly camera: FoundCamera }
  | { readonly state: 'registered' | 'failed'; readonly camera: FoundCamera; readonly adopted: Adopted }
  | { readonly state: 'refused'; readonly camera: FoundCamera; readonly error: unknown };

export interface AdoptionWanted {
  readonly cameras: readonly FoundCamera[];
  readonly names: Readonly<Record<string, string>>;
  readonly settings: Values;
  readonly siteId: string | undefined;
}

const portionSize = 12;

/** What a camera of the round has become, if anything. */
export function registeredAs(progress: readonly Progress[] | undefined, urn: string): Pick<FoundCamera, 'deviceId' | 'name'> | undefined {
  const one = progress?.find(({ camera }) => camera.urn === urn);
  const device = one && 'adopted' in one ? one.adopted.device : undefined;
  return device && { deviceId: device.id, name: device.name };
}

/** Tries and registers cameras and tells of each how it went: of none nothing is said. */
export function useAdoption() {
  const client = useQueryClient();
  const [progress, setProgress] = useState<readonly Progress[]>();
  const [pending, setPending] = useState(false);
  const running = useRef<{ ref: string; urns: readonly string[] }>(undefined);
  const note = (urn: string, next: (before: Progress) => Progress) =>
    setProgress((all) => all?.map((one) => (one.camera.urn === urn ? next(one) : one)));
  useLiveEvents(['device-adoption.step'], ({ data }) => {
    const urn = data['ref'] === running.current?.ref ? running.current?.urns[Number(data['index'])] : undefined;
    // The answer to all of them may overtake the news of one.
    if (urn !== undefined) note(urn, (one) => (one.state === 'trying' ? { state: 'told', camera: one.camera } : one));
  });
  const start = async ({ cameras, names, settings, siteId }: AdoptionWanted): Promise<void> => {
    setPending(true);
    setProgress(cameras.map((camera) => ({ state: 'waiting', camera })));
    for (const some of portions(cameras, portionSize)) {
      const ref = newId();
      running.current = { ref, urns: some.map(({ urn }) => urn) };
      for (const { urn } of some) note(urn, ({ camera }) => ({ state: 'trying', camera }));
      try {
        const body = {
          ...{ ref, kind: 'camera' as const, driver: some[0]?.driver ?? 'onvif', settings },
          ...(siteId === undefined ? {} : { siteId }),
          devices: some.map(({ urn, name, address }) => ({ name: names[urn] ?? name, settings: { address } })),
        };
        const { items } = await answer(api.POST('/api/v1/devices/adopt', { body }));
        for (const adopted of items) {
          const urn = some[adopted.index]?.urn;
          if (urn !== undefined) note(urn, ({ camera }) => ({ state: adopted.state, camera, adopted }));
        }
      } catch (error) {
        for (const { urn } of some) note(urn, ({ camera }) => ({ state: 'refused', camera, error }));
      }
    }
    setPending(false);
    await client.invalidateQueries();
  };
  return { progress, pending, start, clear: () => setProgress(undefined) };
}
