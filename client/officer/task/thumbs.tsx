import { useEffect, useState } from 'react';
import type { EvidenceView } from '../../../shared/contract/evidence.ts';
import { formatClock } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import type { PhotoLabel } from '../desk/photo.ts';
import { shelf } from '../desk/shelf.ts';
import classes from '../shell/phone.module.css';

/** Small pictures: those of this phone with whether they have arrived, then those that the server has from others. */
export function Thumbs(props: {
  readonly photos: readonly PhotoLabel[];
  readonly served: readonly EvidenceView[];
}) {
  const words = useWords().officer.evidence;
  const own = props.photos.filter(({ originalId }) => originalId !== null);
  const served = props.served.filter(({ hasPicture, originalId }) => hasPicture && originalId === null);
  const label = (kind: PhotoLabel['photoKind'], slot: string | null) =>
    slot ?? (kind ? words.kinds[kind] : '');
  if (own.length + served.length === 0) return null;
  return (
    <div className={classes['thumbs']}>
      {own.map((photo) => (
        <figure key={photo.key} className={classes['thumb']}>
          <Small photo={photo} alt={label(photo.photoKind, photo.slot)} />
          <figcaption>
            {formatClock(Date.parse(photo.capturedAt)).slice(0, 5)}{' '}
            {photo.sent ? words.arrived : words.toSend}
          </figcaption>
        </figure>
      ))}
      {served.map((photo) => (
        <figure key={photo.id} className={classes['thumb']}>
          <img src={`/media/${photo.id}`} alt={label(photo.photoKind, photo.slot)} loading="lazy" />
          <figcaption>{formatClock(Date.parse(photo.capturedAt)).slice(0, 5)}</figcaption>
        </figure>
      ))}
    </div>
  );
}

/** The small copy of a photo of this phone. */
function Small({ photo, alt }: { readonly photo: PhotoLabel; readonly alt: string }) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    let made: string | null = null;
    let gone = false;
    void shelf()
      .then((db) => db.get('photos', photo.key))
      .then((row) => {
        if (gone || !row?.small) return;
        made = URL.createObjectURL(row.small);
        setUrl(made);
      });
    return () => {
      gone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [photo.key]);
  return url ? <img src={url} alt={alt} /> : <div className={classes['blank']} role="img" aria-label={alt} />;
}
