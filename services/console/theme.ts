import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** Night blue-greys, light to dark. */
const night: MantineColorsTuple = [
  '#eef2f6',
  '#d5dde6',
  '#b3bfcc',
  '#8d9cad',
  '#5b6b7d',
  '#3d4b5c',
  '#2b3644',
  '#1f2833',
  '#161d26',
  '#0e1319',
];
/** The one accent: what can be pressed. */
const sky: MantineColorsTuple = [
  '#e6f5fd',
  '#cdeafb',
  '#a9dbf7',
  '#8fd0f5',
  '#6cc1f1',
  '#56b4e9',
  '#3a9bd3',
  '#2c7dac',
  '#1f5f84',
  '#14425d',
];

export const theme = createTheme({
  colors: { dark: night, sky },
  primaryColor: 'sky',
  primaryShade: 4,
  autoContrast: true,
  luminanceThreshold: 0.2,
  fontFamily: "system-ui, 'Noto Sans SC Variable', 'Microsoft YaHei', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', monospace",
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'always',
});
