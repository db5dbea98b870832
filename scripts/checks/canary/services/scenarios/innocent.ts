import { catalogue } from '../../devices/catalogue.ts';

export const drivers = catalogue.length;
