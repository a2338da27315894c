import type { ZoneId } from '../../../shared/contract/ids.ts';
import { usePreferences } from '../../ui/preferences.ts';
import { useDesk } from '../desk.ts';
import { zoneFills } from '../map/palette.ts';
import classes from './swatch.module.css';

/** The colour of a zone; its number always stands beside it. */
export function Swatch({ zoneId }: { readonly zoneId: ZoneId | null }) {
  const theme = usePreferences((state) => state.theme);
  const colour = useDesk((state) => (zoneId === null ? undefined : state.colours.get(zoneId)));
  return (
    <span
      className={classes['swatch']}
      aria-hidden
      style={{ background: colour === undefined ? 'transparent' : zoneFills[theme][colour] }}
    />
  );
}
