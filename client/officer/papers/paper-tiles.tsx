import type { IncidentView } from '../../../shared/contract/incidents.ts';
import type { PenaltyFileView } from '../../../shared/contract/enforcement.ts';
import { useWords } from '../../words/use-words.ts';
import { useDesk } from '../desk/desk.ts';
import { eachPicture, useServed } from '../desk/use-served.ts';
import classes from '../shell/phone.module.css';
import { go } from '../shell/route.ts';

/** The files of an incident as the server has them; offline as they were. */
export const useFiles = (incidentId: number): readonly PenaltyFileView[] =>
  useServed('listFiles', { incidentId }, eachPicture)?.files ?? [];

const papers = ['penalty', 'notice', 'order'] as const;

/** The papers that may follow from a scene, and those that exist. */
export function PaperTiles({ incident }: { readonly incident: IncidentView }) {
  const words = useWords().officer.papers;
  const files = useFiles(incident.id);
  const role = useDesk((desk) => desk.me?.role);
  const officer = role === 'officer' || role === 'leader';
  return (
    <section className={classes['card']}>
      <h2 className={classes['subtitle']}>{words.title}</h2>
      <div className={classes['grid']}>
        {papers.map((paper) => (
          <button
            key={paper}
            type="button"
            className={classes['tile']}
            disabled={!officer && paper !== 'notice'}
            onClick={() => go(paper, incident.id)}
          >
            {words.tiles[paper]}
          </button>
        ))}
      </div>
      {files.map((file) => (
        <div key={file.id} className={classes['sheet']}>
          <p className={classes['text']}>
            {words.file({
              id: file.id,
              procedure: words.procedures[file.procedure],
              state: words.states[file.state],
            })}
          </p>
          {file.papers.map((paper) => (
            <a
              key={paper.id}
              className={classes['choice']}
              href={`/papers/${paper.id}.pdf`}
              target="_blank"
              rel="noreferrer"
            >
              {words.pdf({ number: paper.number ?? words.kinds[paper.kind] ?? paper.kind })}
            </a>
          ))}
        </div>
      ))}
    </section>
  );
}
