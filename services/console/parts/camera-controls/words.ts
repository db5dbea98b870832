import { bilingual } from '../../words/bilingual.ts';

export const cameraControls = bilingual(
  {
    title: '云台控制',
    fixed: '固定摄像机，不能转动',
    pad: '按住转动；或聚焦后用方向键、加减键',
    left: '向左',
    right: '向右',
    up: '向上',
    down: '向下',
    in: '拉近',
    out: '拉远',
    presets: '预置位',
    held: '{{holder}} 正在控制，还剩 {{seconds}} 秒',
    yours: '由您控制，还剩 {{seconds}} 秒',
    letGo: '交还',
  },
  {
    title: 'Turn the camera',
    fixed: 'A fixed camera, which cannot be turned',
    pad: 'Hold to turn; or focus it and use the arrow keys, plus and minus',
    left: 'Left',
    right: 'Right',
    up: 'Up',
    down: 'Down',
    in: 'Zoom in',
    out: 'Zoom out',
    presets: 'Presets',
    held: '{{holder}} moves it, for {{seconds}} s more',
    yours: 'You hold it, for {{seconds}} s more',
    letGo: 'Let go',
  },
);
