// Breaks drivers-stay-apart and devices-know-no-service.
import { rule } from '../../../services/alarm/innocent.ts';
import { second } from '../second/driver.ts';

export const first = (): string => rule(true) + second;
