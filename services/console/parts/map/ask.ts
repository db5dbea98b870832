import { answer, api } from '../../api/client.ts';

/** What the map asks of the server. */

export const askPlaces = () => answer(api.GET('/api/v1/map/places'));
export const askState = () => answer(api.GET('/api/v1/map/state'));
export const askCoverage = (gridId: string) => answer(api.GET('/api/v1/map/coverage/{gridId}', { params: { path: { gridId } } }));
