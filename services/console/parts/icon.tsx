/** Line drawings on a grid of 24, drawn for this product. A new one is one more path. */
const paths = {
  alarm: 'M12 3v2M5 6l1.500 1.500M19 6l-1.500 1.500M7 18v-5a5 5 0 0 1 10 0v5M4 21h16M4 18h16',
  patrol: 'M3 7h12v10H3zM15 10.500l6-3v9l-6-3M6 10h3',
  map: 'M9 4L3 6.500v13L9 17l6 3 6-2.500v-13L15 7 9 4zM9 4v13M15 7v13',
  phone: 'M8 2h8a1 1 0 0 1 1 1v18a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V3a1 1 0 0 1 1-1zM11 19h2',
  tools: 'M14 6a4 4 0 0 0 5 5l-9 9-4-4 9-9M4 4l4 4M3 5l2-2',
  shift: 'M4 7h13l-3-3M20 17H7l3 3',
  people:
    'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20c0-4 3-6 6.500-6s6.500 2 6.500 6M16 4.500a3.500 3.500 0 0 1 0 6.500M18 14.500c2 .8 3.500 2.500 3.500 5.500',
  camera: 'M3 8h4l2-3h6l2 3h4v11H3zM12 17a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7z',
  speaker: 'M4 9v6h4l6 5V4L8 9zM17.500 8.500a5 5 0 0 1 0 7M20 6a9 9 0 0 1 0 12',
  book: 'M5 4h12a2 2 0 0 1 2 2v14H7a2 2 0 0 1-2-2zM5 18a2 2 0 0 1 2-2h12M9 8h6M9 11.500h6',
  key: 'M12 15a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 20V4h16v16z',
  radio: 'M7 8h10v13H7zM9.500 11.500h5M9.500 14.500h5M15 8V2',
  order: 'M4 4h16v12H9l-5 4z',
  check: 'M4 12.500l5.500 5.500L20 6.500',
  cross: 'M5 5l14 14M19 5L5 19',
  plus: 'M12 4v16M4 12h16',
  minus: 'M4 12h16',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.500 2',
  sound: 'M4 9v6h4l5 4.500v-15L8 9zM17 9a4 4 0 0 1 0 6',
  silent: 'M4 9v6h4l5 4.500v-15L8 9zM16.500 9.500l5 5M21.500 9.500l-5 5',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4.500 3.500-7 8-7s8 2.500 8 7',
  link: 'M9.500 14.500l5-5M8 11l-2.500 2.500a3.500 3.500 0 0 0 5 5L13 16M16 13l2.500-2.500a3.500 3.500 0 0 0-5-5L11 8',
  warning: 'M12 3.500L22 20.500H2zM12 10v5M12 17.500v.5',
  play: 'M7 4.500v15l12-7.500z',
  stop: 'M6 6h12v12H6z',
  microphone: 'M12 14a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v5a3 3 0 0 0 3 3zM6 11a6 6 0 0 0 12 0M12 17v4M8 21h8',
  left: 'M15 5l-7 7 7 7',
  right: 'M9 5l7 7-7 7',
  up: 'M5 15l7-7 7 7',
  down: 'M5 9l7 7 7-7',
  print: 'M7 8V3h10v5M5 8h14v8h-3M8 16H5M8 13h8v8H8z',
} as const;
export type IconName = keyof typeof paths;

/** Always beside a word or in a control with a name: it says nothing to a screen reader. */
export function Icon({ name, size = '1.25em' }: { readonly name: IconName; readonly size?: number | string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}
