import type { LngLat } from '../../../shared/contract/geo.ts';
import { useWords } from '../../words/use-words.ts';
import classes from '../shell/phone.module.css';
import { Sheet } from '../shell/sheet.tsx';
import { navigationTargets } from './navigation.ts';

/** Every map app with the datum that it wants, and the coordinate for reading out. */
export function NavigationSheet(props: {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly point: LngLat;
  readonly name: string;
}) {
  const words = useWords().officer.navigation;
  const { point } = props;
  return (
    <Sheet title={words.title} opened={props.opened} onClose={props.onClose}>
      {navigationTargets(point, props.name).map(({ app, url }) => (
        <a
          key={app}
          className={classes['choice']}
          href={url}
          target="_blank"
          rel="noreferrer"
          onClick={props.onClose}
        >
          {words.apps[app]}
        </a>
      ))}
      <p className={classes['text']}>
        {words.coordinate}
        <br />
        <strong>
          {point.lng.toFixed(6)}, {point.lat.toFixed(6)}
        </strong>
      </p>
    </Sheet>
  );
}
