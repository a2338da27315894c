/** Limits of plausibility; settings with these defaults. */
export const plausibility = {
  accuracyMetres: 200,
  /** Between two fixes. */
  metresPerSecond: 60,
  /** A standing phone wanders inside its accuracy, at most this far. */
  jitterMetres: 15,
  marginMetres: 20_000,
} as const;
