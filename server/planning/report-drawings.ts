import type { ReplayReport } from '../../shared/contract/replays.ts';

/** A ring of longitudes and latitudes. */
type Ring = readonly (readonly [number, number])[];

/** Colours that a black-and-white printer and colour-blind eyes still tell apart; the shapes differ as well. */
const [blue, orange, grey, ink] = ['#1f5fa8', '#c2560a', '#8a8f98', '#1c2430'];

const oneMinute = 60;
const mostMarks = 1500;

/** Gains and losses of single incidents on the zones of the new plan, as SVG inside of `width` x `height` points. */
export function gainsDrawing(
  report: ReplayReport,
  zones: readonly (readonly Ring[])[],
  box: { readonly width: number; readonly height: number },
): string {
  const points = zones.flat(2);
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
  const width = Math.ceil((east - west) * squeeze * scale + 2 * rim);
  const height = (north - south) * scale + 2 * rim;
  const x = (lng: number): string => (rim + (lng - west) * squeeze * scale).toFixed(1);
  const y = (lat: number): string => (rim + (north - lat) * scale).toFixed(1);
  const outlines = zones.map((rings) => {
    const path = rings.map((ring) => `M${ring.map(([a, b]) => `${x(a)} ${y(b)}`).join('L')}Z`).join('');
    return `<path d="${path}" fill="none" stroke="${grey}" stroke-width="0.7"/>`;
  });
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
