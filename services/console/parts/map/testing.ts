import type { MapState, Places } from './types.ts';

/** A small county for tests: one of each, and three cameras. */
export const places: Places = {
  figures: { staleAfter: 300, metresPerMinute: { city: 500, town: 667, village: 667 }, usual: { fieldOfView: 90, reach: 50 } },
  stations: [{ id: 'st', name: 'Station', location: { lat: 36, lon: 103 } }],
  grids: [
    {
      ...{ id: 'gr', name: 'Grid one', stationId: 'st' },
      area: {
        type: 'Polygon',
        coordinates: [
          [
            [103, 36],
            [103.2, 36],
            [103.2, 36.2],
            [103, 36],
          ],
        ],
      },
    },
    { id: 'bare', name: 'Grid two', stationId: 'st' },
  ],
  sites: {
    ...{ id: ['bank', 'clinic', 'school'], name: ['Bank', 'Clinic of Peace Road', 'School'], kind: ['bank', 'clinic', 'school'] },
    ...{ stationId: ['st', 'st', 'st'], gridId: ['gr', null, null], lat: [36.1, 36.11, null], lon: [103.1, 103.11, null] },
  },
  cameras: {
    ...{ id: ['c1', 'c2', 'c3'], name: ['Gate', 'Hall', 'Yard'], siteId: ['bank', null, null] },
    ...{
      lat: [36.1, 36.101, null],
      lon: [103.1, 103.101, null],
      bearing: [0, null, 90],
      fieldOfView: [null, null, 40],
      reach: [30, null, null],
    },
  },
  loudspeakers: { id: ['l1'], name: ['Speaker'], siteId: ['bank'], lat: [36.1], lon: [103.1] },
  units: [
    { id: 'u1', name: 'Car one', tier: 'city', stationId: 'st' },
    { id: 'u2', name: 'Car two', tier: 'town', stationId: 'st' },
  ],
};

export const noon = Date.UTC(2026, 10, 22, 12) / 1000;
export const state: MapState = {
  incidents: [
    {
      ...{ id: 'i1', number: 7, kind: 'emergency', priority: 1, state: 'open', silent: false, exercise: false },
      ...{ siteId: 'bank', openedAt: '2026-11-22T11:59:00.000Z' },
    },
  ],
  sites: [{ id: 'bank', state: 'alarm', why: ['incident'], deviceIds: [] }],
  cameras: { most: 'good', good: [], faulty: ['c2'], unknown: [] },
  missing: { loudspeakers: ['l1'] },
  units: [
    { id: 'u1', status: 'available', position: { lat: 36.1, lon: 103.1, at: '2026-11-22T11:59:00.000Z' } },
    { id: 'u2', status: 'available', engagedOn: 7, position: { lat: 36.2, lon: 103.1, at: '2026-11-22T11:54:59.000Z' } },
  ],
};
