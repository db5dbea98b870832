import { useEffect, useState } from 'react';
import { api } from '../api/client.ts';
import { metresBetween } from '../parts/map/shapes.ts';
import type { Place } from './orders.ts';

export type Position =
  | { readonly state: 'off' | 'looking' | 'refused' | 'unable' }
  | ({ readonly state: 'known'; readonly at: number } & Place);

/** The county knows where its units are without hearing each step. */
const tellAfterMetres = 15;
const tellAfter = 60_000;
const tellAtMost = 10_000;

/** Where the phone is while its unit is on duty; told to the server as it moves. What could not be told is not told later: it is no longer so. */
export function usePosition(onDuty: boolean): Position {
  const [position, setPosition] = useState<Position>({ state: 'off' });
  useEffect(() => {
    if (!onDuty) return setPosition({ state: 'off' });
    if (!('geolocation' in navigator)) return setPosition({ state: 'unable' });
    setPosition({ state: 'looking' });
    const tell = teller();
    const watch = navigator.geolocation.watchPosition(
      ({ coords, timestamp }) => {
        const place = { lat: coords.latitude, lon: coords.longitude, accuracy: Math.round(coords.accuracy) };
        setPosition({ state: 'known', at: timestamp, ...place });
        tell(place, timestamp);
      },
      (error) =>
        setPosition((before) =>
          error.code === error.PERMISSION_DENIED ? { state: 'refused' } : before.state === 'known' ? before : { state: 'unable' },
        ),
      { enableHighAccuracy: true, maximumAge: 5000, timeout: 30_000 },
    );
    return () => navigator.geolocation.clearWatch(watch);
  }, [onDuty]);
  return position;
}

function teller(): (place: Place, at: number) => void {
  let told: { readonly place: Place; readonly at: number } | undefined;
  let telling = false;
  return (place, at) => {
    const moved = told ? metresBetween(told.place, place) : Number.POSITIVE_INFINITY;
    const since = told ? at - told.at : Number.POSITIVE_INFINITY;
    if (telling || since < tellAtMost || (moved < tellAfterMetres && since < tellAfter)) return;
    telling = true;
    const before = told;
    told = { place, at };
    const send = api.POST('/api/v1/officer/position', { body: place, signal: AbortSignal.timeout(tellAtMost) });
    send
      .then(({ response }) => {
        if (!response.ok) told = before;
      })
      .catch((error: unknown) => {
        console.info('the position could not be told:', error);
        told = before;
      })
      .finally(() => {
        telling = false;
      });
  };
}
