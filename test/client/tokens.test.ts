import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tokens, type ThemeName } from '../../client/ui/tokens.ts';
import { contrast, deltaE2000, lab, visions } from './colour.ts';

const themes: ThemeName[] = ['dark', 'light'];

/** The two colours that lie closest for one vision. */
function closest(colours: Readonly<Record<string, string>>, vision: string) {
  const names = Object.keys(colours);
  const pairs = names.flatMap((a, i) =>
    names.slice(i + 1).map((b) => ({
      pair: `${a}/${b}`,
      distance: deltaE2000(lab(colours[a]!, vision), lab(colours[b]!, vision)),
    })),
  );
  return pairs.reduce((x, y) => (y.distance < x.distance ? y : x));
}

test('CIEDE2000 agrees with the published data of Sharma, Wu and Dalal', () => {
  expect(deltaE2000([50, 2.6772, -79.7751], [50, 0, -82.7485])).toBeCloseTo(2.0425, 4);
  expect(deltaE2000([50, 2.5, 0], [50, 0, -2.5])).toBeCloseTo(4.3065, 4);
  expect(deltaE2000([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387])).toBeCloseTo(1.2644, 4);
  expect(deltaE2000([22.7233, 20.0904, -46.694], [23.0331, 14.973, -42.5619])).toBeCloseTo(2.0373, 4);
});

describe.each(themes)('%s', (theme) => {
  const { status, surface, deadline, priority, ink } = tokens[theme];

  test('each status holds 4.5:1 on the ground', () => {
    const weak = Object.entries(status).filter(([, hex]) => contrast(hex, surface.ground) < 4.5);
    expect(weak).toEqual([]);
  });

  test.each(Object.keys(visions))('any two statuses stay 21 apart for %s sight', (vision) => {
    const { pair, distance } = closest(status, vision);
    expect({ pair, far: distance >= 21 }).toEqual({ pair, far: true });
  });

  test('words hold 4.5:1 on every surface, edges and focus 3:1 on the ground', () => {
    for (const ground of [surface.ground, surface.panel, surface.raised]) {
      expect(contrast(surface.text, ground)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(surface.muted, ground)).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(surface.edge, surface.ground)).toBeGreaterThanOrEqual(3);
    expect(contrast(surface.focus, surface.ground)).toBeGreaterThanOrEqual(3);
    for (const hex of [...Object.values(deadline), ...Object.values(priority)])
      expect(contrast(hex, surface.ground)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(ink, priority[1])).toBeGreaterThanOrEqual(4.5);
  });

  test('zone outlines hold 3:1 on the land', () => {
    for (const hex of tokens[theme].map.zones)
      expect(contrast(hex, tokens[theme].map.land)).toBeGreaterThanOrEqual(3);
  });
});

test('control: the usual dispatch colours fail for deutan sight', () => {
  const usual = {
    available: '#2ECC40',
    assigned: '#FFDC00',
    en_route: '#7FDBFF',
    on_scene: '#FF851B',
    off_duty: '#AAAAAA',
    emergency: '#FF4136',
  };
  expect(closest(usual, 'deutan').distance).toBeLessThan(21);
});

const top = join(import.meta.dirname, '../..');

function clientFiles(folder: string): string[] {
  return readdirSync(join(top, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return clientFiles(path);
    return /\.(tsx?|css|html)$/.test(entry.name) ? [path] : [];
  });
}

/** Status colours written in a text instead of taken from the tokens. */
function literals(text: string): string[] {
  const owned = themes.flatMap((theme) => Object.values(tokens[theme].status));
  return owned.filter((hex) => text.toLowerCase().includes(hex.toLowerCase()));
}

test('no file but tokens.ts writes a status colour down', () => {
  const guilty = clientFiles('client')
    .filter((file) => file !== 'client/ui/tokens.ts')
    .filter((file) => literals(readFileSync(join(top, file), 'utf8')).length > 0);
  expect(guilty).toEqual([]);
});

test('control: a literal status colour is seen', () => {
  expect(literals('.row { color: #dc4e43 }')).toEqual(['#DC4E43']);
});
