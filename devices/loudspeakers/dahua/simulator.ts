import { type SimulatedUploadSpeaker, simulateUploadSpeaker, type UploadSpeakerOptions } from '../upload-simulator.ts';

/** A Dahua camera or doorbell with a loudspeaker that takes A-law, on its first channel. */
export const simulateDahuaLoudspeaker = (options: UploadSpeakerOptions = {}): Promise<SimulatedUploadSpeaker> =>
  simulateUploadSpeaker(
    { path: '/cgi-bin/audio.cgi?action=postAudio&httptype=singlepart&channel=1', contentType: 'Audio/G.711A', law: 'PCMA' },
    options,
  );
