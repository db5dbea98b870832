/** What the powers of cameras are about. */

/** Where a picture stream is had. Credentials stand apart, so that the address can be shown and logged. */
export interface StreamAddress {
  /** `rtsp://` or `rtsps://`, without user and password. */
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
}

export interface Preset {
  readonly token: string;
  readonly name: string;
}

/** Where a camera is asked to look. Speeds from -1 to 1 (ONVIF generic space); `milliseconds` bounds a move that nobody stops. */
export type Aim =
  | { readonly preset: string }
  | { readonly pan: number; readonly tilt: number; readonly zoom: number; readonly milliseconds: number }
  | { readonly stop: true };
