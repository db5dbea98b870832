import type { Ffmpeg } from './ffmpeg.ts';
import type { Argument } from './run.ts';

/** What ffmpeg is told, word for word. Every word is written here or is a number checked here; `url` is the bridge's own. */

const quiet = ['-nostdin', '-hide_banner', '-loglevel', 'warning'] as const;

/** Whose clock gives the pictures their times: this machine's when they come, or the camera's. */
export type Times = 'ours' | 'camera';

/** Only the bridge on our loopback is spoken to: no file, no other protocol, whatever the camera's description says. */
const fromCamera = ({ timeoutOption }: Ffmpeg, media: 'video' | 'audio', url: string, times: Times = 'ours'): Argument[] => [
  ...['-protocol_whitelist', 'rtsp,rtp,tcp', '-rtsp_transport', 'tcp', '-allowed_media_types', media],
  // The bridge notices silence first; this is for a bridge that hangs.
  ...[timeoutOption, 15_000_000],
  // The default looks at five seconds of the stream before the first picture goes out.
  ...['-analyzeduration', 1_000_000, '-probesize', 1_000_000, '-fpsprobesize', 0],
  // Some cameras send times that are missing, jump, or run at another speed than the pictures.
  ...(times === 'ours' ? ['-use_wallclock_as_timestamps', 1] : []),
  ...['-i', url],
];

/** Copies the pictures into fragments of 200 ms, a new one at each key frame. */
export const copyStream = (ffmpeg: Ffmpeg, url: string, times: Times): Argument[] => [
  ...quiet,
  ...fromCamera(ffmpeg, 'video', url, times),
  ...['-map', '0:v:0', '-c', 'copy', '-f', 'mp4', '-movflags', 'empty_moov+default_base_moof+frag_keyframe'],
  ...['-frag_duration', 200_000, '-flush_packets', 1, 'pipe:1'],
];

const oneJpeg = ['-frames:v', 1, '-q:v', 3, '-f', 'mjpeg', 'pipe:1'] as const;

/** The next key frame of a stream; without `-skip_frame` the first picture may be a broken one. */
export const keyFrame = (ffmpeg: Ffmpeg, url: string): Argument[] => [
  ...quiet,
  ...['-skip_frame', 'nokey', '-threads', 1],
  ...fromCamera(ffmpeg, 'video', url),
  ...['-map', '0:v:0', ...oneJpeg],
];

/** One picture out of MP4 on standard input, so many seconds behind its first. */
export const pictureOf = (seconds: number): Argument[] => [
  ...quiet,
  ...['-threads', 1, '-protocol_whitelist', 'pipe', '-f', 'mp4', '-i', 'pipe:0'],
  ...(seconds > 0 ? ['-ss', Math.round(seconds * 1000) / 1000] : []),
  ...oneJpeg,
];

/** Puts the index of fragments at the front, for players that want a plain file. The files are our own, named by us. */
export const plainFile = (from: string, to: string): Argument[] => [
  ...quiet,
  ...['-y', '-protocol_whitelist', 'file,pipe', '-f', 'mp4', '-i', `file:${from}`, '-map', '0:v:0', '-c', 'copy'],
  ...['-movflags', 'faststart', '-f', 'mp4', `file:${to}`],
];

const toSound = ['-vn', '-ac', 1, '-ar', 8000, '-f', 's16le', '-c:a', 'pcm_s16le', 'pipe:1'] as const;

/** What a person may upload as a sound. No playlist, which would name further files, is among them. */
const soundFormats = 'wav,w64,mp3,ogg,flac,aac,mov,matroska,aiff,au,caf,amr,asf,opus';

export const decodeSound = (): Argument[] => [
  ...quiet,
  ...['-protocol_whitelist', 'pipe', '-format_whitelist', soundFormats, '-i', 'pipe:0', ...toSound],
];

export const recordSound = (ffmpeg: Ffmpeg, url: string, milliseconds: number): Argument[] => [
  ...quiet,
  ...fromCamera(ffmpeg, 'audio', url),
  ...['-t', milliseconds / 1000, '-flush_packets', 1, ...toSound],
];

export const grayPicture = (width: number, height: number): Argument[] => [
  ...quiet,
  ...['-threads', 1, '-protocol_whitelist', 'pipe', '-f', 'mjpeg', '-i', 'pipe:0', '-frames:v', 1],
  ...['-vf', `scale=${Math.trunc(width)}:${Math.trunc(height)}:flags=area`, '-pix_fmt', 'gray', '-f', 'rawvideo', 'pipe:1'],
];

/** A test picture with a running clock, for the simulator: H.264 as the encoder writes it. @param hue degrees, so that one is told from another */
export const testPicture = (width: number, height: number, framesPerSecond: number, frames: number, hue = 0): Argument[] => [
  ...quiet,
  ...['-f', 'lavfi', '-i', `testsrc2=size=${Math.trunc(width)}x${Math.trunc(height)}:rate=${Math.trunc(framesPerSecond)}`],
  ...(hue === 0 ? [] : ['-vf', `hue=h=${Math.trunc(hue)}`]),
  ...['-frames:v', frames, '-c:v', 'libx264', '-preset', 'veryfast', '-tune', 'zerolatency', '-pix_fmt', 'yuv420p'],
  ...['-g', 2 * framesPerSecond, '-bf', 0, '-x264-params', 'scenecut=0:slices=1', '-f', 'h264', 'pipe:1'],
];
