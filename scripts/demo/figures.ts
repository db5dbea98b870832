/** The figures of a real county's command room. */
export const figures = { stations: 19, sites: 400, cameras: 16_100 } as const;

/** Devices that act, by kind; all others are registered and stay quiet. */
export const acting = { keys: 40, radios: 60, loudspeakers: 40, cameras: 30 } as const;

/** Everything of the demo has such an id, which tells it from what people register beside it. */
export const demoPrefix = 'demo-';
export const numbered = (kind: string, number: number, digits: number): string =>
  `${demoPrefix}${kind}-${String(number).padStart(digits, '0')}`;
export const ofDemo = (id: string | undefined): boolean => id?.startsWith(demoPrefix) === true;
