import { paintedPng } from '../media/png.js';
import type { PictureScript } from './dialogue.js';
import { Random } from './random.js';

const SIZE = { width: 400, height: 225 };

type Painter = (random: Random) => (x: number, y: number) => number;

/** Hills below a sky, at some hour of the day: what people bring home from a game. */
const landscape: Painter = (random) => {
  const [above, below] = random.pick([
    [0x2b1f4f, 0xf08a5d],
    [0x0f2b46, 0x7fd1ae],
    [0x1b1b3a, 0xd96c9f],
    [0x3a6ea5, 0xf6e7c1],
  ] as const);
  const sun = { x: random.between(60, 340), y: random.between(50, 110), radius: random.between(16, 30) };
  const hills = [0, 1, 2].map((index) => ({
    height: 120 + index * 30,
    swing: random.between(10, 24),
    length: random.between(28, 70),
    shift: random.between(0, 300),
    color: mix(above, 0x05060f, 0.25 + index * 0.3),
  }));
  return (x, y) => {
    const hill = hills.findLast(
      ({ height, swing, length, shift }) => y > height + swing * Math.sin((x + shift) / length),
    );
    if (hill) return hill.color;
    if (Math.hypot(x - sun.x, y - sun.y) < sun.radius) return 0xfff1c9;
    return mix(above, below, Math.min(1, y / 160));
  };
};

/** Large shapes and two colours, as posters are laid out. */
const poster: Painter = (random) => {
  const [ground, ink, accent] = random.pick([
    [0xf4efe6, 0x1d3557, 0xe63946],
    [0x0b3954, 0xf2e9e4, 0xff7b54],
    [0xe9f5db, 0x31572c, 0xf4a261],
  ] as const);
  const circle = { x: random.between(120, 280), y: random.between(80, 140), radius: random.between(45, 80) };
  const lines = Array.from({ length: 4 }, (_, index) => ({ y: 150 + index * 16, width: random.between(90, 260) }));
  return (x, y) => {
    if (lines.some((line) => x > 40 && x < 40 + line.width && y > line.y && y < line.y + 7)) return ink;
    if (Math.hypot(x - circle.x, y - circle.y) < circle.radius) return x + y < circle.x + circle.y ? accent : ink;
    return ground;
  };
};

/** Rooms, doors and cable runs on squared paper. */
const plan: Painter = (random) => {
  const walls = [0, 400, random.between(90, 150), random.between(220, 300)];
  const floors = [0, 225, random.between(90, 130)];
  const run = random.between(30, 80);
  const isNear = (value: number, wanted: number) => Math.abs(value - wanted) < 2;
  return (x, y) => {
    if (walls.some((wall) => isNear(x, wall)) && y % 75 > 18) return 0x1f3a5f;
    if (floors.some((floor) => isNear(y, floor)) && x % 130 > 24) return 0x1f3a5f;
    if (isNear(y, run) || (isNear(x, run * 3) && y > run)) return 0xd1495b;
    return x % 20 === 0 || y % 20 === 0 ? 0xdbe7f3 : 0xf9fbfd;
  };
};

const painters: Readonly<Record<string, Painter>> = { landscape, poster, plan };
const painted = new Map<string, Buffer>();

/** The file of a picture: the same one for the same name. @throws Error for a kind nobody can paint */
export function paint({ kind, filename, description }: PictureScript) {
  const painter = painters[kind];
  if (!painter) throw new Error(`Nobody paints pictures of the kind ${kind}`);
  const bytes = painted.get(filename) ?? paintedPng(SIZE, painter(new Random(seedOf(filename))));
  painted.set(filename, bytes);
  return { filename, bytes, description };
}

function seedOf(name: string): number {
  return [...name].reduce((sum, character) => Math.imul(sum, 31) + (character.codePointAt(0) ?? 0), 7);
}

function mix(from: number, to: number, share: number): number {
  const part = (shift: number) => {
    const [a, b] = [(from >> shift) & 0xff, (to >> shift) & 0xff];
    return Math.round(a + (b - a) * share) << shift;
  };
  return part(16) | part(8) | part(0);
}
