import { tag, textAt, type Xml } from '../../xml.ts';
import { notImplemented } from './simulator-device.ts';
import { type CameraState, type Operations, SimulatedFault, servicePaths } from './simulator-state.ts';

/** Media and Media2 services of a simulated camera: two profiles, their streams, and the still picture. */

export const picturePath = '/onvif-http/snapshot?Profile_1';

const profiles = [
  { token: 'Profile_1', name: 'mainStream', width: 1920, height: 1080 },
  { token: 'Profile_2', name: 'subStream', width: 640, height: 360 },
] as const;
type Profile = (typeof profiles)[number];

export function mediaOperations(camera: CameraState): Operations {
  /** Both services have the same names for what they do; the path tells which is asked. */
  const versionOf = (path: string): 1 | 2 => {
    const version = path === servicePaths.tr2 ? 2 : 1;
    if (!(camera.quirks.media ?? [1, 2]).includes(version)) throw notImplemented();
    return version;
  };
  const known = (token: string | undefined): void => {
    if (camera.quirks.withoutProfiles === true || !profiles.some((profile) => profile.token === token)) {
      throw new SimulatedFault(['ter:InvalidArgVal', 'ter:NoProfile'], 'The requested profile token does not exist');
    }
  };
  const answer = (path: string, name: string, uri: string): Xml =>
    versionOf(path) === 2
      ? tag(`tr2:${name}Response`, {}, tag('tr2:Uri', {}, uri))
      : tag(
          `trt:${name}Response`,
          {},
          tag(
            'trt:MediaUri',
            {},
            tag('tt:Uri', {}, uri),
            tag('tt:InvalidAfterConnect', {}, 'false'),
            tag('tt:InvalidAfterReboot', {}, 'false'),
            tag('tt:Timeout', {}, 'PT60S'),
          ),
        );
  return {
    GetProfiles: ({ path }) => {
      const version = versionOf(path);
      const listed = camera.quirks.withoutProfiles === true ? [] : profiles;
      return version === 2
        ? tag('tr2:GetProfilesResponse', {}, ...listed.map(profile2))
        : tag('trt:GetProfilesResponse', {}, ...listed.map((profile) => profile1(profile, camera)));
    },
    GetVideoSources: ({ path }) => {
      versionOf(path);
      const [main] = profiles;
      const resolution = tag('tt:Resolution', {}, tag('tt:Width', {}, main.width), tag('tt:Height', {}, main.height));
      return tag(
        'trt:GetVideoSourcesResponse',
        {},
        tag('trt:VideoSources', { token: 'VideoSource_1' }, tag('tt:Framerate', {}, 25), resolution),
      );
    },
    GetVideoSourceConfigurations: ({ path }) => {
      const prefix = versionOf(path) === 2 ? 'tr2' : 'trt';
      const source = [tag('tt:Name', {}, 'source'), tag('tt:UseCount', {}, 2), tag('tt:SourceToken', {}, 'VideoSource_1')];
      return tag(
        `${prefix}:GetVideoSourceConfigurationsResponse`,
        {},
        tag(`${prefix}:Configurations`, { token: 'VideoSource_1' }, ...source),
      );
    },
    GetStreamUri: ({ path, body }) => {
      known(textAt(body, 'ProfileToken'));
      return answer(path, 'GetStreamUri', streamAddress(camera, textAt(body, 'ProfileToken')));
    },
    GetSnapshotUri: ({ path, body }) => {
      known(textAt(body, 'ProfileToken'));
      if (camera.quirks.withoutSnapshot === true) throw notImplemented();
      return answer(path, 'GetSnapshotUri', camera.base() + picturePath);
    },
  };
}

/** As announced, so with the wrong host where the camera announces one. */
function streamAddress(camera: CameraState, token: string | undefined): string {
  const url = new URL(camera.options.rtsp ?? 'rtsp://127.0.0.1:554/stream');
  if (camera.quirks.announcedHost !== undefined) url.hostname = camera.quirks.announcedHost;
  return token === 'Profile_2' ? `${url.href}?profile=sub` : url.href;
}

function profile1(profile: Profile, camera: CameraState): Xml {
  const sparse = camera.quirks.sparseProfiles === true;
  const bounds = { x: '0', y: '0', width: String(profile.width), height: String(profile.height) };
  const rate = tag(
    'tt:RateControl',
    {},
    tag('tt:FrameRateLimit', {}, 25),
    tag('tt:EncodingInterval', {}, 1),
    tag('tt:BitrateLimit', {}, 4096),
  );
  return tag(
    'trt:Profiles',
    { token: profile.token, fixed: 'true' },
    tag('tt:Name', {}, profile.name),
    tag(
      'tt:VideoSourceConfiguration',
      { token: 'VideoSource_1' },
      tag('tt:Name', {}, 'source'),
      tag('tt:SourceToken', {}, 'VideoSource_1'),
      sparse ? undefined : tag('tt:Bounds', bounds),
    ),
    tag(
      'tt:VideoEncoderConfiguration',
      { token: `Encoder_${profile.token}` },
      tag('tt:Name', {}, profile.name),
      tag('tt:Encoding', {}, 'H264'),
      tag('tt:Resolution', {}, tag('tt:Width', {}, profile.width), tag('tt:Height', {}, profile.height)),
      sparse ? undefined : rate,
    ),
    camera.presets.size > 0
      ? tag('tt:PTZConfiguration', { token: 'PTZ_1' }, tag('tt:Name', {}, 'ptz'), tag('tt:NodeToken', {}, 'Node_1'))
      : undefined,
  );
}

const profile2 = (profile: Profile): Xml =>
  tag(
    'tr2:Profiles',
    { token: profile.token, fixed: 'true' },
    tag('tr2:Name', {}, profile.name),
    tag('tr2:Configurations', {}, tag('tr2:VideoSource', { token: 'VideoSource_1' }, tag('tt:Name', {}, 'source'))),
  );
