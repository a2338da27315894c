import { useEffect, useState } from 'react';
import type { IncidentView } from '../../../shared/contract/incidents.ts';
import type { PenaltyFileView } from '../../../shared/contract/enforcement.ts';
import { call } from '../../live/call.ts';
import { useWords } from '../../words/use-words.ts';
import { useDesk } from '../desk/desk.ts';
import { keep, kept } from '../desk/shelf.ts';
import classes from '../shell/phone.module.css';
import { go } from '../shell/route.ts';

/** The files of an incident as the server has them; offline as they were. */
export function useFiles(incidentId: number): readonly PenaltyFileView[] {
  const [files, setFiles] = useState<readonly PenaltyFileView[]>([]);
  const synced = useDesk((desk) => desk.syncedAtMs);
  useEffect(() => {
    let current = true;
    const name = `files/${incidentId}`;
    const show = (next: readonly PenaltyFileView[] | undefined) => {
      if (current && next) setFiles(next);
    };
    void kept<readonly PenaltyFileView[]>(name).then(show);
    call('listFiles', { params: { incidentId: incidentId as never } }).then(
      (read) => {
        show(read.files);
        void keep(name, read.files);
      },
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [incidentId, synced]);
  return files;
}

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
