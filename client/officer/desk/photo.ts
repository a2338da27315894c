import type { Crs } from '../../../shared/contract/geo.ts';
import type { PhotoKind } from '../../../shared/contract/evidence.ts';
import type { Refusal } from './act.ts';

/** Where the phone stood when the shutter fell. */
export interface CapturePlace {
  readonly lng: number;
  readonly lat: number;
  readonly crs: Crs;
  readonly accuracyMetres: number;
}

/** A photo on this phone: the bytes as captured, or the smaller copy with its watermark that goes first. */
export interface KeptPhoto {
  /** The id of the evidence, and the idempotency key of its upload. */
  readonly key: string;
  readonly personId: number;
  /** The incident's number, or `@KEY` while the incident still waits to be reported. */
  readonly incidentId: string | number;
  readonly photoKind: PhotoKind | null;
  readonly slot: string | null;
  readonly sha256: string;
  readonly bytes: number;
  /** On the phone's own clock, as the law wants it; the server notes how far that clock is off. */
  readonly capturedAt: string;
  readonly place: CapturePlace | null;
  /** The original that this is a copy of; null for an original. */
  readonly originalId: string | null;
  readonly order: number;
  /** Absent once it has arrived and room was wanted. */
  readonly blob: Blob | null;
  readonly small: Blob | null;
  readonly sent: boolean;
  readonly refused: Refusal | null;
}

/** What the screens know of a photo: everything but its bytes. */
export type PhotoLabel = Omit<KeptPhoto, 'blob' | 'small'>;

export const labelOf = ({ blob: _blob, small: _small, ...label }: KeptPhoto): PhotoLabel => label;
