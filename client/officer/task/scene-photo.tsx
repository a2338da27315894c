import { useEvidence } from './use-evidence.ts';
import { useWords } from '../../words/use-words.ts';
import classes from '../shell/phone.module.css';

/** The newest photo of the scene that the server has, when there is one. */
export function ScenePhoto({ incidentId }: { readonly incidentId: number }) {
  const words = useWords().officer;
  const set = useEvidence(incidentId);
  const photo = set?.evidence.findLast(({ hasPicture }) => hasPicture);
  if (!photo) return null;
  return (
    <figure className={classes['scene']}>
      <img src={`/media/${photo.id}`} alt={words.evidence.scenePhoto} />
    </figure>
  );
}
