const SVG = 'http://www.w3.org/2000/svg';

/** Our own drawings on a field of 24 by 24: lines, unless the name begins with a full stop. */
const SHAPES = {
  hash: 'M9.5 3.5 7.5 20.500M16.5 3.500l-2 17M4.500 8.500h16M3.500 15.500h16',
  speaker: 'M4 9.500v5h3.500l5 4.500V5l-5 4.500zM16 9a4.200 4.200 0 0 1 0 6M18.500 6a8.500 8.500 0 0 1 0 12',
  stage:
    'M12 13.500a3 3 0 1 0 0-6 3 3 0 0 0 0 6M7 20a5 5 0 0 1 10 0M6 5.500a8 8 0 0 0 0 9.500M18 5.500a8 8 0 0 1 0 9.500',
  megaphone: 'M4 10v4h3l9 4.500v-13L7 10zM19 9.500a4 4 0 0 1 0 5M8 14.500l1.500 5h2.500l-1-4',
  forum: 'M4 4.500h12v8.500H9l-3 3v-3H4zM19 9h1.500v8H19v3l-3-3h-4.500',
  branch: 'M5 4v6.500a4 4 0 0 0 4 4h10M15 10.500l4 4-4 4',
  thread: 'M9.500 3.500 8 15M15.500 3.500l-.7 5M4.500 7.500h15M3.500 13H9M12 12h8.500v6.500h-4L14 21v-2.500h-2z',
  lock: 'M6.500 11h11v8.500h-11zM9 11V8a3 3 0 0 1 6 0v3',
  chevron: 'm7 10 5 5 5-5',
  people:
    'M9 11.500a3.200 3.200 0 1 0 0-6.400 3.200 3.200 0 0 0 0 6.400M3 19.500a6 6 0 0 1 12 0M15.500 5.300a3.200 3.200 0 0 1 0 6M17.500 14a6 6 0 0 1 3.500 5.500',
  mail: 'M3.500 6h17v12.500h-17zM4 7l8 6.500L20 7',
  menu: 'M4 6.500h16M4 12h16M4 17.500h16',
  close: 'M6 6l12 12M18 6 6 18',
  search: 'M10.500 16.500a6 6 0 1 0 0-12 6 6 0 0 0 0 12M15 15l5.500 5.500',
  send: 'M4 5l16 7-16 7 2.500-7zM6.500 12H13',
  plus: 'M12 5v14M5 12h14',
  at: 'M12 15.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7M15.500 8.500v5a2.300 2.300 0 0 0 4.500 0V12a8 8 0 1 0-3 6.200',
  bubble: 'M4 5h16v11.500h-8.500L7 20.500v-4H4z',
  gear: 'M12 15.200a3.200 3.200 0 1 0 0-6.400 3.200 3.200 0 0 0 0 6.400M12 3v3M12 18v3M3 12h3M18 12h3M5.600 5.600l2.200 2.200M16.200 16.200l2.200 2.200M18.400 5.600l-2.200 2.200M7.800 16.200l-2.200 2.200',
  beside: 'M3.500 5h17v14h-17zM12 5v14',
  swap: 'M4 8.500h14M14.500 5 18 8.500 14.500 12M20 15.500H6M9.500 12 6 15.500 9.500 19',
  down: 'M12 4.500v14M6 12.500l6 6 6-6',
  back: 'M14.500 5.500 8 12l6.500 6.500',
  reply: 'M10 6 4.500 11.500 10 17M5 11.500h8a6.500 6.500 0 0 1 6.500 6.500',
  pencil: 'M4.500 19.500l1-4.500L16 4.500l3.500 3.500L9 18.500zM13.500 7l3.500 3.500',
  trash: 'M5 7h14M9.500 7V4.500h5V7M7 7l1 13h8l1-13M10.500 10.500v6M13.500 10.500v6',
  smile: 'M12 20.500a8.500 8.500 0 1 0 0-17 8.500 8.500 0 0 0 0 17M8.500 13.500a4 4 0 0 0 7 0M9 9.500h.01M15 9.500h.01',
  more: '.M6 12.010a1.600 1.600 0 1 0 0-.02M12 12.010a1.600 1.600 0 1 0 0-.02M18 12.010a1.600 1.600 0 1 0 0-.02',
  clock: 'M12 20.500a8.500 8.500 0 1 0 0-17 8.500 8.500 0 0 0 0 17M12 7.500V12l3.500 2',
  door: 'M13.500 4.500h-8v15h8M10.500 12h10M17 8.500l3.500 3.500-3.500 3.500',
  hammer: 'M13 4.500l6.500 6.500-3 3L10 7.500zM11.500 9 4 16.500 7.500 20 15 12.500',
  moon: 'M19.500 14.500A8 8 0 0 1 9.500 4.500a8 8 0 1 0 10 10',
  muted: 'M12 13.500a3 3 0 0 0 3-3v-3a3 3 0 0 0-6 0v3a3 3 0 0 0 3 3M6 11a6 6 0 0 0 12 0M12 17v3.500M4 4l16 16',
  deafened: 'M5 18.500V12a7 7 0 0 1 14 0v6.500h-3.500v-5H19M5 13.500h3.500v5H5M4 4l16 16',
  hangUp: 'M3.500 14.500c4.500-5 12.500-5 17 0l-2.500 2.500-3.500-1.800v-2.400a9 9 0 0 0-5 0v2.400L6 17z',
  crown: '.M3.500 8l4.500 3.500L12 5.500l4 6L20.500 8l-1.800 10.500H5.300z',
  check: 'M5 12.500l4.500 4.500L19 7',
  next: 'M9.500 5.500 16 12l-6.500 6.500',
  pin: 'M9 3.500h6l-.8 6.500 3.300 3.500H6.500L9.800 10zM12 13.500v7',
  copy: 'M8.500 8.500h11v11h-11zM15.500 8.500v-4h-11v11h4',
  id: 'M3.500 6h17v12h-17zM7.500 10v4M11 10v4h1.500a2 2 0 0 0 0-4z',
  apps: 'M4.500 4.500h6v6h-6zM13.500 4.500h6v6h-6zM4.500 13.500h6v6h-6zM16.500 13.500v6M13.500 16.500h6',
  file: 'M6 3.500h8l4.500 4.500v12.500H6zM13.500 3.500V8.500h5M9 13h6M9 16.500h6',
  download: 'M12 4v11M7 10.500l5 5 5-5M4.500 19.500h15',
  upload: 'M12 16V5M7 9.500l5-5 5 5M4.500 19.500h15',
  outside: 'M10 5H5v14h14v-5M13.500 4.500h6v6M19 5l-8 8',
  eye: 'M2.500 12c4-7.500 15-7.500 19 0-4 7.500-15 7.500-19 0M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6',
  warning: 'M12 4 3 19.500h18zM12 10v4.500M12 17h.01',
  forward: 'M14 6l5.500 5.500L14 17M19 11.500h-8A6.500 6.500 0 0 0 4.500 18',
  enter: 'M5 12h13M13 6.500 18.500 12 13 17.500',
  arrow: 'M5 12h13M13 6.500 18.500 12 13 17.500',
  boost: 'M12 3l5 5v8l-5 5-5-5V8zM12 8v8',
  chart: 'M5 19.500V12M12 19.500V5M19 19.500V9',
};

/**
 * A drawing that screen readers pass over.
 * @param {keyof typeof SHAPES} name
 * @param {number} [size] in CSS pixels
 */
export function icon(name, size = 20) {
  const shape = SHAPES[name];
  const isFilled = shape.startsWith('.');
  const svg = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', isFilled ? shape.slice(1) : shape);
  svg.append(path);
  for (const [key, value] of Object.entries({ viewBox: '0 0 24 24', width: size, height: size, 'aria-hidden': true }))
    svg.setAttribute(key, value);
  svg.classList.add('icon-drawing');
  if (isFilled) svg.classList.add('filled');
  return svg;
}
