import { play, soundUnlocked, unlockSound } from '../../ui/sound.ts';

/** The first touch of the screen lets the page sound; browsers allow it no earlier. */
export function unlockByTouch(): () => void {
  const unlock = () => void unlockSound().catch(() => undefined);
  addEventListener('pointerdown', unlock, { once: true });
  return () => removeEventListener('pointerdown', unlock);
}

/** Calls the officer: tone and vibration, again every three seconds until it is stopped. */
export function callOfficer(): () => void {
  const once = () => {
    if (soundUnlocked()) play('urgent', 1);
    if ('vibrate' in navigator) navigator.vibrate([400, 150, 400]);
  };
  once();
  const timer = setInterval(once, 3000);
  return () => {
    clearInterval(timer);
    if ('vibrate' in navigator) navigator.vibrate(0);
  };
}
