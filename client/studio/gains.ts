import { create } from 'zustand';
import type { FeatureCollection } from 'geojson';

interface GainStore {
  readonly features: FeatureCollection;
}

/** Gains and losses of a replay as points of the map; empty while none is shown. */
export const useGains = create<GainStore>()(() => ({
  features: { type: 'FeatureCollection', features: [] },
}));

/** Draws the pairs of a report: seconds after minus before, an incident each. */
export function showGains(pairs: readonly (readonly [unknown, number, number, number, number])[]): void {
  useGains.setState({
    features: {
      type: 'FeatureCollection',
      features: pairs.map(([, lng, lat, before, after]) => {
        const minutes = (after - before) / 60;
        const side = Math.abs(minutes) < 0.5 ? 'same' : minutes < 0 ? 'gain' : 'loss';
        return {
          type: 'Feature',
          geometry: { type: 'Point', coordinates: [lng, lat] },
          properties: {
            side,
            minutes: Math.abs(minutes),
            sign: side === 'same' ? '' : `${minutes < 0 ? '−' : '+'}${Math.abs(minutes).toFixed(1)}`,
          },
        };
      }),
    },
  });
}

export const hideGains = (): void => showGains([]);
