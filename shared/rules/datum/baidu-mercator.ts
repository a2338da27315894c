/**
 * Baidu's own mercator (BD-09MC, metres) to and from BD-09 degrees. Baidu publishes a table of fitted polynomials, one
 * row for each band of northing; only the direction metres -> degrees is kept, the other one is its numeric inverse, so
 * that a round trip is exact. The numbers are those documented by the gcoord project (MIT).
 */

interface Band {
  /** Lowest northing of the band, metres. */
  readonly fromNorthing: number;
  /** Northing divisor of the latitude polynomial, metres. */
  readonly scale: number;
  readonly lngOffset: number;
  readonly lngPerMetre: number;
  /** Latitude polynomial in northing / scale, constant term first. */
  readonly lat: readonly number[];
}

const bands: readonly Band[] = [
  {
    fromNorthing: 12890594.86,
    scale: 17337981.2,
    lngOffset: 1.410526172116255e-8,
    lngPerMetre: 8.98305509648872e-6,
    lat: [
      -1.9939833816331, 200.9824383106796, -187.2403703815547, 91.6087516669843, -23.38765649603339,
      2.57121317296198, -0.03801003308653,
    ],
  },
  {
    fromNorthing: 8362377.87,
    scale: 10260144.86,
    lngOffset: -7.435856389565537e-9,
    lngPerMetre: 8.983055097726239e-6,
    lat: [
      -0.78625201886289, 96.32687599759846, -1.85204757529826, -59.36935905485877, 47.40033549296737,
      -16.50741931063887, 2.28786674699375,
    ],
  },
  {
    fromNorthing: 5591021,
    scale: 6856817.37,
    lngOffset: -3.030883460898826e-8,
    lngPerMetre: 8.98305509983578e-6,
    lat: [
      0.30071316287616, 59.74293618442277, 7.357984074871, -25.38371002664745, 13.45380521110908,
      -3.29883767235584, 0.32710905363475,
    ],
  },
  {
    fromNorthing: 3481989.83,
    scale: 4482777.06,
    lngOffset: -1.981981304930552e-8,
    lngPerMetre: 8.983055099779535e-6,
    lat: [
      0.03278182852591, 40.31678527705744, 0.65659298677277, -4.44255534477492, 0.85341911805263,
      0.12923347998204, -0.04625736007561,
    ],
  },
  {
    fromNorthing: 1678043.12,
    scale: 2555164.4,
    lngOffset: 3.09191371068437e-9,
    lngPerMetre: 8.983055096812155e-6,
    lat: [
      0.00006995724062, 23.10934304144901, -0.00023663490511, -0.6321817810242, -0.00663494467273,
      0.03430082397953, -0.00466043876332,
    ],
  },
  {
    fromNorthing: 0,
    scale: 826088.5,
    lngOffset: 2.890871144776878e-9,
    lngPerMetre: 8.983055095805407e-6,
    lat: [
      -3.068298e-8, 7.47137025468032, -0.00000353937994, -0.02145144861037, -0.00001234426596,
      0.00010322952773, -0.00000323890364,
    ],
  },
];

const bandAt = (northing: number): Band => bands.find((b) => northing >= b.fromNorthing) ?? bands.at(-1)!;

const latitudeAt = (northing: number): number => {
  const band = bandAt(northing);
  return band.lat.reduceRight((sum, factor) => sum * (northing / band.scale) + factor, 0);
};

/** BD-09MC metres [easting, northing] to BD-09 degrees [lng, lat]. */
export function degreesFromBaiduMetres(easting: number, northing: number): [lng: number, lat: number] {
  const band = bandAt(Math.abs(northing));
  const lng = band.lngOffset + band.lngPerMetre * Math.abs(easting);
  return [Math.sign(easting) * lng, Math.sign(northing) * latitudeAt(Math.abs(northing))];
}

/** BD-09 degrees to BD-09MC metres: Newton's method from the spherical mercator, to 1e-6 m. */
export function baiduMetresFromDegrees(lng: number, lat: number): [easting: number, northing: number] {
  const sphere = 6_378_137 * Math.log(Math.tan(Math.PI / 4 + (Math.abs(lat) * Math.PI) / 360));
  let northing = Math.max(0, sphere);
  for (let i = 0; i < 30; i++) {
    const slope = latitudeAt(northing + 0.5) - latitudeAt(northing - 0.5);
    const step = (latitudeAt(northing) - Math.abs(lat)) / slope;
    northing = Math.max(0, northing - step);
    if (Math.abs(step) < 1e-6) break;
  }
  const band = bandAt(northing);
  return [Math.sign(lng) * ((Math.abs(lng) - band.lngOffset) / band.lngPerMetre), Math.sign(lat) * northing];
}
