import { type SimulatedUploadSpeaker, simulateUploadSpeaker, type UploadSpeakerOptions } from '../upload-simulator.ts';

/** An Axis loudspeaker: one client at a time, µ-law at 8 kHz, no answer before the end. */
export const simulateAxisLoudspeaker = (options: UploadSpeakerOptions = {}): Promise<SimulatedUploadSpeaker> =>
  simulateUploadSpeaker({ path: '/axis-cgi/audio/transmit.cgi', contentType: 'audio/basic', law: 'PCMU' }, options);
