import { play, soundUnlocked, unlockSound } from '../../ui/sound.ts';

/** The first touch of the screen lets the page sound; browsers allow it no earlier. */
export function unlockByTouch(): () => void {
  const unlock = () => void unlockSound().catch(() => undefined);
  addEventListener('pointerdown', unlock, { once: true });
  return () => removeEventListener('pointerdown', unlock);
}

/** As sound, vibration is allowed after the first touch only. */
const mayVibrate = (): boolean => 'vibrate' in navigator && (navigator.userActivation?.hasBeenActive ?? true);

/** Calls the officer: tone and vibration, again every three seconds until it is stopped. */
export function callOfficer(): () => void {
  const once = () => {
    if (soundUnlocked()) play('urgent', 1);
    if (mayVibrate()) navigator.vibrate([400, 150, 400]);
  };
  once();
  const timer = setInterval(once, 3000);
  return () => {
    clearInterval(timer);
    if (mayVibrate()) navigator.vibrate(0);
  };
}
