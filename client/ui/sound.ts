/** The three alarm sounds, and two short marks with which the command line answers. */
export type AlarmSound = 'urgent' | 'once' | 'sos';
export type Mark = 'done' | 'refused';

interface Tone {
  readonly hertz: number;
  /** Start and length in seconds. */
  readonly at: number;
  readonly length: number;
  readonly shape?: OscillatorType;
}

const patterns: Readonly<Record<AlarmSound | Mark, readonly Tone[]>> = {
  urgent: [0, 0.22, 0.44].flatMap((at) => [
    { hertz: 880, at, length: 0.1, shape: 'square' as const },
    { hertz: 660, at: at + 0.1, length: 0.1, shape: 'square' as const },
  ]),
  once: [
    { hertz: 520, at: 0, length: 0.16 },
    { hertz: 390, at: 0.18, length: 0.24 },
  ],
  sos: [
    { hertz: 960, at: 0, length: 0.25, shape: 'sawtooth' },
    { hertz: 640, at: 0.25, length: 0.25, shape: 'sawtooth' },
    { hertz: 960, at: 0.5, length: 0.25, shape: 'sawtooth' },
    { hertz: 640, at: 0.75, length: 0.25, shape: 'sawtooth' },
  ],
  done: [{ hertz: 1180, at: 0, length: 0.05 }],
  refused: [{ hertz: 210, at: 0, length: 0.14, shape: 'triangle' }],
};

let context: AudioContext | null = null;

/** True once a gesture has let the page make sounds. */
export const soundUnlocked = (): boolean => context?.state === 'running';

/** Must be called from a click or a key. Answers whether the browser now plays sounds. */
export async function unlockSound(): Promise<boolean> {
  context ??= new AudioContext();
  await context.resume();
  return context.state === 'running';
}

/** Plays a sound once at a loudness of 0..1; silently nothing before the sound is unlocked. */
export function play(sound: AlarmSound | Mark, volume: number): void {
  if (!context || context.state !== 'running' || volume <= 0) return;
  const start = context.currentTime + 0.01;
  for (const { hertz, at, length, shape = 'sine' } of patterns[sound]) {
    const oscillator = context.createOscillator();
    const gain = context.createGain();
    oscillator.type = shape;
    oscillator.frequency.value = hertz;
    const loud = volume * (shape === 'sine' || shape === 'triangle' ? 0.5 : 0.16);
    // A ramp of 10 ms on both ends: a tone cut at once would click.
    gain.gain.setValueAtTime(0, start + at);
    gain.gain.linearRampToValueAtTime(loud, start + at + 0.01);
    gain.gain.setValueAtTime(loud, start + at + Math.max(0.01, length - 0.01));
    gain.gain.linearRampToValueAtTime(0, start + at + length);
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(start + at);
    oscillator.stop(start + at + length + 0.02);
  }
}
