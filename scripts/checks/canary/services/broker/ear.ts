// Breaks rooms-stay-apart.
import { voice } from '../dispatch/voice.ts';

export const ear = (): string => voice();
