import { describe, expect, test } from 'vitest';
import { fillOpacity, zoneFills } from '../../../client/studio/map/palette.ts';
import { tokens } from '../../../client/ui/tokens.ts';
import { contrast, deltaE2000, lab, visions } from '../colour.ts';

/** A fill over the land, as the map mixes it. */
function mixed(hex: string, land: string): string {
  const channel = (i: number): string =>
    Math.round(
      parseInt(hex.slice(i, i + 2), 16) * fillOpacity +
        parseInt(land.slice(i, i + 2), 16) * (1 - fillOpacity),
    )
      .toString(16)
      .padStart(2, '0');
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}

/** Distance of the two fills that lie closest for one vision. */
function closest(fills: readonly string[], land: string, vision: string): number {
  const seen = fills.map((hex) => lab(mixed(hex, land), vision));
  return Math.min(...seen.flatMap((a, i) => seen.slice(i + 1).map((b) => deltaE2000(a, b))));
}

describe.each(['dark', 'light'] as const)('zone fills on %s', (theme) => {
  const { land } = tokens[theme].map;

  test.each(Object.keys(visions))('any two stay 15 apart for %s sight', (vision) => {
    expect(closest(zoneFills[theme], land, vision)).toBeGreaterThanOrEqual(15);
  });

  test('the number of a zone is read on every fill through its halo', () => {
    expect(contrast(tokens[theme].surface.text, tokens[theme].map.labelHalo)).toBeGreaterThanOrEqual(4.5);
  });
});

test('control: the outlines of the dispatcher map would fail as fills for deutan sight', () => {
  expect(closest(tokens.dark.map.zones, tokens.dark.map.land, 'deutan')).toBeLessThan(15);
});
