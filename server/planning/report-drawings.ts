import type { ReplayReport } from '../../shared/contract/replays.ts';

/** A ring of longitudes and latitudes. */
type Ring = readonly (readonly [number, number])[];

/** Colours that a black-and-white printer and colour-blind eyes still tell apart; the shapes differ as well. */
const [blue, orange, grey, ink] = ['#1f5fa8', '#c2560a', '#8a8f98', '#1c2430'];

const oneMinute = 60;
const mostMarks = 1500;

/** Gains and losses of single incidents on the zones of the new plan, as SVG inside of `width` x `height` points. */
export function gainsDrawing(report: ReplayReport, zones: readonly (readonly Ring[])[], box: Box): string {
  const { width, height, x, y, path } = frameOf(zones, box);
  const outlines = zones.map(
    (rings) => `<path d="${path(rings)}" fill="none" stroke="${grey}" stroke-width="0.7"/>`,
  );
  const marks = report.pairs
    .map(([, lng, lat, before, after]) => ({ lng, lat, change: after - before }))
    .filter(({ change }) => Math.abs(change) >= oneMinute)
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change))
    .slice(0, mostMarks)
    .map(({ lng, lat, change }) => {
      const size = Math.min(6, 1.2 + Math.sqrt(Math.abs(change) / 120));
      if (change < 0)
        return `<circle cx="${x(lng)}" cy="${y(lat)}" r="${size.toFixed(1)}" fill="${blue}" fill-opacity="0.55"/>`;
      const corner = (value: string) => (Number(value) - size).toFixed(1);
      return `<rect x="${corner(x(lng))}" y="${corner(y(lat))}" width="${(2 * size).toFixed(1)}" height="${(2 * size).toFixed(1)}" fill="${orange}" fill-opacity="0.6"/>`;
    });
  return svg(width, height, [...outlines, ...marks]);
}

interface Box {
  readonly width: number;
  readonly height: number;
}

/** How degrees become points of a drawing that shows some shapes as large as a box allows. */
function frameOf(shapes: readonly (readonly Ring[])[], box: Box) {
  const points = shapes.flat(2);
  const ends = (axis: 0 | 1): readonly [number, number] =>
    points.reduce<[number, number]>(
      ([least, most], point) => [Math.min(least, point[axis]), Math.max(most, point[axis])],
      [Infinity, -Infinity],
    );
  const [west, east] = ends(0);
  const [south, north] = ends(1);
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const rim = 4;
  const scale = Math.min(
    (box.width - 2 * rim) / ((east - west) * squeeze),
    (box.height - 2 * rim) / (north - south),
  );
  const x = (lng: number): string => (rim + (lng - west) * squeeze * scale).toFixed(1);
  const y = (lat: number): string => (rim + (north - lat) * scale).toFixed(1);
  return {
    width: Math.ceil((east - west) * squeeze * scale + 2 * rim),
    height: (north - south) * scale + 2 * rim,
    x,
    y,
    path: (rings: readonly Ring[]): string =>
      rings.map((ring) => `M${ring.map(([a, b]) => `${x(a)} ${y(b)}`).join('L')}Z`).join(''),
  };
}

/** Shares from which on a cell is drawn so dark; the darkest is the best. */
const coverageSteps = [
  { from: 0.9, fill: '#0f3d75', label: '\u2265 90 %' },
  { from: 0.75, fill: '#4a82bd', label: '75\u201390 %' },
  { from: 0.5, fill: '#93b7dc', label: '50\u201375 %' },
  { from: 0, fill: '#cfdbe8', label: '< 50 %' },
] as const;

/**
 * Share of the incidents of each cell that were reached in time: the compared plan on the left, the plan on the right, as SVG
 * inside of `width` x `height` points with its scale below. Cells without an incident stay white.
 */
export function coverageDrawing(
  { coverage }: Pick<ReplayReport, 'coverage'>,
  cells: readonly { readonly id: number; readonly rings: readonly Ring[] }[],
  box: Box,
): string {
  const text = box.width / 55;
  const [gap, legend] = [12, 2.4 * text];
  const frame = frameOf(
    cells.map(({ rings }) => rings),
    { width: (box.width - gap) / 2, height: box.height - legend },
  );
  const shares = new Map(coverage.cells.map(([cellId, , was, is]) => [cellId as number, [was, is] as const]));
  const fillOf = (share: number | undefined): string =>
    share === undefined ? '#ffffff' : coverageSteps.find(({ from }) => share >= from)!.fill;
  const maps = [0, 1].map((side) => {
    const paths = cells.map(
      ({ id, rings }) =>
        `<path d="${frame.path(rings)}" fill="${fillOf(shares.get(id)?.[side])}" stroke="${grey}" stroke-width="0.4"/>`,
    );
    const left = side * (frame.width + gap);
    const letter = `<text x="4" y="${(1.3 * text + 2).toFixed(1)}" font-family="Song, sans-serif" font-size="${(1.3 * text).toFixed(1)}" fill="${ink}">${'AB'[side]}</text>`;
    return `<g transform="translate(${left} 0)">${paths.join('')}${letter}</g>`;
  });
  const width = 2 * frame.width + gap;
  const base = frame.height + 8;
  const scale = coverageSteps.map(({ fill, label }, i) => {
    const left = 4 + (i * (width - 8)) / coverageSteps.length;
    return [
      `<rect x="${left.toFixed(1)}" y="${base.toFixed(1)}" width="${(1.5 * text).toFixed(1)}" height="${text.toFixed(1)}" fill="${fill}" stroke="${grey}" stroke-width="0.5"/>`,
      `<text x="${(left + 2 * text).toFixed(1)}" y="${(base + 0.9 * text).toFixed(1)}" font-family="Song, sans-serif" font-size="${text.toFixed(1)}" fill="${ink}">${escaped(label)}</text>`,
    ].join('');
  });
  return svg(width, frame.height + legend, [...maps, ...scale]);
}

/** Busy hours of each team as pairs of bars, as SVG `width` points wide. */
export function teamsDrawing({ before, after }: ReplayReport, width: number): string {
  const most = Math.max(1e-9, ...[...before.byTeam, ...after.byTeam].map(({ busyHours }) => busyHours));
  const [label, value, step] = [64, 44, 20];
  const bar = (hours: number): number => ((width - label - value) * hours) / most;
  const rows = before.byTeam.map((team, i) => {
    const is = after.byTeam.find(({ teamId }) => teamId === team.teamId)?.busyHours ?? 0;
    const top = i * step + 3;
    const text = (left: number, base: number, words: string, size: number) =>
      `<text x="${left.toFixed(1)}" y="${base}" font-family="Song" font-size="${size}" fill="${ink}">${words}</text>`;
    return [
      text(0, top + 10, escaped(team.code), 8),
      `<rect x="${label}" y="${top}" width="${bar(team.busyHours).toFixed(1)}" height="6" fill="${grey}"/>`,
      `<rect x="${label}" y="${top + 7}" width="${bar(is).toFixed(1)}" height="6" fill="${blue}"/>`,
      text(label + bar(team.busyHours) + 3, top + 6, team.busyHours.toFixed(1), 6),
      text(label + bar(is) + 3, top + 13, is.toFixed(1), 6),
    ].join('');
  });
  return svg(width, before.byTeam.length * step + 4, rows);
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const svg = (width: number, height: number, parts: readonly string[]): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height.toFixed(1)}" viewBox="0 0 ${width} ${height.toFixed(1)}">${parts.join('')}</svg>`;
