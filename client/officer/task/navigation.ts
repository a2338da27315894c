import type { LngLat } from '../../../shared/contract/geo.ts';
import { fromWgs84 } from '../../../shared/rules/datum.ts';

/** A map app of the phone with the address that opens it on the way to a place. */
export interface NavigationTarget {
  readonly app: 'amap' | 'baidu' | 'apple' | 'geo';
  readonly url: string;
}

const six = (degrees: number): string => degrees.toFixed(6);

/**
 * Hand-off to the map apps. Each wants its own order and datum: AMap reads GCJ-02 and documents no other for the way
 * (WGS-84 would miss by 500 m in Ningbo), Baidu converts by itself when told, the `geo:` scheme is WGS-84 by RFC 5870.
 * Apple's map of the mainland is in GCJ-02 while its address takes what the device uses: unverified, so WGS-84.
 */
export function navigationTargets(point: LngLat, name: string): NavigationTarget[] {
  const shifted = fromWgs84(point, 'gcj02');
  const label = encodeURIComponent(name);
  const [lng, lat] = [six(point.lng), six(point.lat)];
  return [
    {
      app: 'amap',
      url: `https://uri.amap.com/navigation?to=${six(shifted.lng)},${six(shifted.lat)},${label}&mode=car&src=grid&coordinate=gaode&callnative=1`,
    },
    {
      app: 'baidu',
      url: `https://api.map.baidu.com/marker?location=${lat},${lng}&title=${label}&content=${label}&coord_type=wgs84&output=html&src=grid`,
    },
    { app: 'apple', url: `https://maps.apple.com/?daddr=${lat},${lng}&dirflg=d` },
    { app: 'geo', url: `geo:${lat},${lng}?q=${lat},${lng}(${label})` },
  ];
}
