import type { FactType } from './driver.ts';

/** What the topics and items of ONVIF events mean, whichever way they came: pull point, MQTT, a maker's own bridge. */

type CameraFact = Extract<
  FactType,
  'motion' | 'line-crossing' | 'intrusion' | 'tamper' | 'audio-alarm' | 'digital-input' | 'object' | 'video-loss' | 'press'
>;

/** Everything that is told apart, and the signal it is told as; none for what calls for nobody. */
const facts = {
  motion: 'motion',
  'line-crossing': 'line-crossing',
  intrusion: 'intrusion',
  loitering: 'intrusion',
  tamper: 'tamper',
  audio: 'audio-alarm',
  'digital-input': 'digital-input',
  // A door's code that is entered under threat: the one call for help that ONVIF itself has.
  duress: 'press',
  object: 'object',
  person: 'object',
  face: 'object',
  vehicle: 'object',
  animal: 'object',
  package: 'object',
  visitor: 'object',
  plate: 'object',
  'video-loss': 'video-loss',
  'relay-output': undefined,
  'storage-failure': undefined,
  'hardware-failure': undefined,
  'picture-quality': undefined,
  counter: undefined,
  recording: undefined,
  monitoring: undefined,
  ptz: undefined,
  light: undefined,
} as const satisfies Readonly<Record<string, CameraFact | undefined>>;
export type Sense = keyof typeof facts;

/** The signal that a sense is told as; undefined for what calls for nobody. */
export const factTypeOf = (sense: Sense): CameraFact | undefined => facts[sense];

/**
 * The last local names of a topic and what it tells; `*` is any one name, and a name in front may be missing. First
 * ONVIF's own topics, then makers': Axis, Hikvision (tnshik), Hanwha (tnssamsung), Dahua (UserAlarm/IVA), Bosch (VideoAnalytics),
 * Reolink (MyRuleDetector), Tapo (CellMotionDetector/Intrusion and others).
 */
const tails: readonly (readonly [tail: string, sense: Sense])[] = [
  ['CellMotionDetector/Motion', 'motion'],
  ['MotionRegionDetector/Motion', 'motion'],
  ['VideoSource/MotionAlarm', 'motion'],
  ['LineDetector/Crossed', 'line-crossing'],
  ['FieldDetector/ObjectsInside', 'intrusion'],
  ['LoiteringDetector/ObjectIsLoitering', 'loitering'],
  ['TamperDetector/Tamper', 'tamper'],
  ['GlobalSceneChange/*', 'tamper'],
  ['Trigger/DigitalInput', 'digital-input'],
  ['AccessControl/Duress', 'duress'],
  ['AudioAnalytics/Audio/DetectedSound', 'audio'],
  ['VideoSource/SignalLoss', 'video-loss'],
  ['ObjectDetection/*', 'object'],
  ['Recognition/Face', 'face'],
  ['Recognition/LicensePlate', 'plate'],
  ['CountAggregation/Counter', 'counter'],
  ['LineCounter/*', 'counter'],
  ['Trigger/Relay', 'relay-output'],
  ['HardwareFailure/StorageFailure', 'storage-failure'],
  ['HardwareFailure/*', 'hardware-failure'],
  ['ImageTooBlurry/*', 'picture-quality'],
  ['ImageTooDark/*', 'picture-quality'],
  ['ImageTooBright/*', 'picture-quality'],
  ['Sensor/PIR', 'motion'],
  ['IO/Port', 'digital-input'],
  ['IO/VirtualInput', 'digital-input'],
  ['AudioSource/TriggerLevel', 'audio'],
  ['VMD/*', 'motion'],
  ['VMD3/*', 'motion'],
  ['MotionGuard/*', 'motion'],
  ['FenceGuard/*', 'intrusion'],
  ['LoiteringGuard/*', 'loitering'],
  ['ObjectAnalytics/*', 'object'],
  ['Storage/Alert', 'storage-failure'],
  ['VideoSource/DayNightVision', 'light'],
  ['Light/Status', 'light'],
  ['Trigger/AlarmIn', 'digital-input'],
  ['UserAlarm/VideoLost', 'video-loss'],
  ['VideoAnalytics/MaskAlarm', 'tamper'],
  ['VehicleDetector/Vehicle', 'vehicle'],
  ['VideoAnalytics/MotionDetection', 'motion'],
  ['VideoAnalytics/MotionAlarm', 'motion'],
  ['AudioSource/AudioDetection', 'audio'],
  ['IVA/LoiteringDetection', 'loitering'],
  ['IVA/HumanShapeDetect', 'person'],
  ['MyRuleDetector/FaceDetect', 'face'],
  ['MyRuleDetector/PeopleDetect', 'person'],
  ['MyRuleDetector/VehicleDetect', 'vehicle'],
  ['MyRuleDetector/DogCatDetect', 'animal'],
  ['MyRuleDetector/Package', 'package'],
  ['MyRuleDetector/Visitor', 'visitor'],
  ['MyRuleDetector/*', 'object'],
  ['CellMotionDetector/Intrusion', 'intrusion'],
  ['CellMotionDetector/LineCross', 'line-crossing'],
  ['CellMotionDetector/Tamper', 'tamper'],
  ['CellMotionDetector/People', 'person'],
  ['PeopleDetector/People', 'person'],
  ['*/TPSmartEvent', 'object'],
  ['*/TpSmartEvent', 'object'],
];

/** The first local name of topics that are one subject as a whole. */
const heads: Readonly<Record<string, Sense>> = { Monitoring: 'monitoring', PTZController: 'ptz', RecordingConfig: 'recording' };

const wanted = tails.map(([tail, sense]) => ({ names: tail.split('/'), sense }));

export const localName = (name: string): string => name.slice(name.lastIndexOf(':') + 1);

/**
 * The local names of a topic. Hikvision ends topics in `//.`, Hanwha gives every name a prefix, and some firmware glues a
 * second topic to the end of the first.
 */
export function topicNames(topic: string): string[] {
  const glued = topic.indexOf('tns1:', 1);
  const first = glued > 0 && topic[glued - 1] !== '/' ? topic.slice(0, glued) : topic;
  return first
    .trim()
    .split('/')
    .map((name) => localName(name).trim())
    .filter((name) => name !== '' && name !== '.');
}

/** What a topic tells, in either spelling of ONVIF (`tns1:A/B`, `A/B`) and whatever the maker's prefix; undefined when unknown. */
export function senseOf(topic: string): Sense | undefined {
  const names = topicNames(topic);
  const first = names[0] ?? '';
  if (Object.hasOwn(heads, first)) return heads[first];
  return wanted.find((each) => {
    const last = names.slice(-each.names.length);
    return last.length === each.names.length && each.names.every((name, index) => name === '*' || name === last[index]);
  })?.sense;
}
