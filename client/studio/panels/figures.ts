import type { Language } from '../../ui/preferences.ts';
import { formatNumber } from '../../words/format.ts';

/** `+4 %`, `−12 %`, `0 %`. */
export function signedPercent(share: number): string {
  const percent = Math.round(share * 100);
  return `${percent > 0 ? '+' : percent < 0 ? '−' : ''}${Math.abs(percent)} %`;
}

/** `41 %`. */
export const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** `41.3 %`. */
export const finePercent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** `+4.3`, `−0.2`, `0.0` minutes of a change in seconds. */
export function signedMinutes(seconds: number): string {
  const size = minutes(Math.abs(seconds));
  return Number(size) === 0 ? size : `${seconds > 0 ? '+' : '−'}${size}`;
}

/** `4.3` minutes of some seconds. */
export const minutes = (seconds: number): string => (seconds / 60).toFixed(1);

/** `1,234` or `12.3`. */
export const figure = (value: number, language: Language): string => formatNumber(value, language);

/** A change as it stands under a figure: `▲ 1.2`, `▼ 0.3`; empty when it rounds to nothing. */
export function change(difference: number, digits: number): string {
  const size = Math.abs(difference).toFixed(digits);
  if (Number(size) === 0) return '';
  return `${difference > 0 ? '▲' : '▼'} ${size}`;
}
