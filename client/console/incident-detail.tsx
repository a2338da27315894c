import { ActionIcon } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { IncidentDetail as Story } from '../../shared/contract/api.ts';
import type { IncidentView } from '../../shared/contract/incidents.ts';
import { useServerNow } from '../live/now.ts';
import { useMay, useSession } from '../live/session.ts';
import { useLive } from '../live/store.ts';
import { useStory } from '../live/story.ts';
import { DeadlineGlyph, PriorityGlyph } from '../ui/glyphs.tsx';
import { formatInstant, formatLeft } from '../words/format.ts';
import { labelOf } from '../words/label.ts';
import { useWords } from '../words/words.tsx';
import { ActBar } from './act-bar.tsx';
import { ActForm } from './act-form.tsx';
import { AppealPanel } from './appeal-panel.tsx';
import { CheckPanel } from './check-panel.tsx';
import { copyPoint } from './copy-point.ts';
import classes from './detail.module.css';
import { DuplicateNote } from './duplicate-note.tsx';
import { EvidencePanel } from './evidence-panel.tsx';
import { FilePanel } from './file-panel.tsx';
import { leadAssignment, LeadTeam } from './lead-team.tsx';
import { useMatterName } from './matter-name.ts';
import { NeedsPanel } from './needs-panel.tsx';
import { NoteField } from './note-field.tsx';
import { OffersPanel } from './offers-panel.tsx';
import { OperationsOf } from './operations.tsx';
import { Proposals } from './proposals.tsx';
import { deadlineLeft } from './queue-order.ts';
import { ReporterLine } from './reporter-line.tsx';
import { useRoom } from './room.ts';
import { Section } from './section.tsx';
import { roomLine } from './start.ts';
import { TeamCard } from './team-card.tsx';
import { TimeRequests } from './time-requests.tsx';
import { Timeline } from './timeline.tsx';
import { VerifyPanel } from './verify-panel.tsx';

/** Everything about one incident, and what may be done with it. */
export function IncidentDetail({ incidentId }: { readonly incidentId: number }) {
  const words = useWords();
  const { data: story, isError, refetch } = useStory(incidentId);
  const live = useLive((state) => state.picture.incidents.get(incidentId));
  const lead = useLive((state) => leadAssignment(state.picture.assignments, incidentId));
  const reassigning = useRoom((state) => state.form === 'reassign');
  const beside = useRoom((state) => state.wish.line > 0);
  const decides = useMay('dispatch.decide');
  const notes = useMay('incident.note');
  useEffect(() => {
    roomLine()?.attend(`incident/${incidentId}`);
    return () => roomLine()?.attend(null);
  }, [incidentId]);
  const incident = live ?? story?.incident;
  const unread = <Section title={words.detail.timeline.title} failed again={() => void refetch()} />;
  if (!incident && isError) return unread;
  if (!incident)
    return (
      <p className={classes['muted']} tabIndex={-1} data-panel-focus>
        {words.detail.loading}
      </p>
    );
  const timeline = story?.timeline ?? [];
  const choosing = decides && (incident.state === 'filed' || beside || (lead !== undefined && reassigning));
  return (
    <article className={classes['body']} tabIndex={-1} data-panel-focus aria-label={`${incident.id}`}>
      <Summary incident={incident} />
      <OthersHere incidentId={incident.id} />
      <ActBar incident={incident} verified={timeline.some(({ type }) => type === 'verification.completed')} />
      <ActForm incident={incident} lead={lead} />
      <Proposals incidentId={incident.id} />
      <DuplicateNote incident={incident} />
      <TimeRequests incidentId={incident.id} />
      <AppealPanel incidentId={incident.id} />
      <VerifyPanel incident={incident} timeline={timeline} />
      <CheckPanel incident={incident} timeline={timeline} />
      {lead && <LeadTeam assignment={lead} />}
      {decides && (incident.needs?.length ?? 1) > 1 && <NeedsPanel incident={incident} />}
      {choosing && <TeamCard incident={incident} lead={lead} />}
      <OffersPanel assignments={story?.assignments ?? []} leadId={lead?.id} />
      <EvidencePanel incidentId={incident.id} />
      <FilePanel incidentId={incident.id} />
      <OperationsOf incidentId={incident.id} />
      <Facts incident={incident} story={story} />
      {notes && <NoteField incidentId={incident.id} />}
      {story ? <Timeline incidentId={incidentId} events={story.timeline} /> : isError && unread}
    </article>
  );
}

function Summary({ incident }: { readonly incident: IncidentView }) {
  const words = useWords();
  const nowMs = useServerNow();
  const matter = useMatterName(incident.matterCode);
  const left = deadlineLeft(incident, nowMs);
  return (
    <>
      <header className={classes['summary']}>
        <PriorityGlyph
          priority={incident.priority}
          size={28}
          label={words.console.queue.priorityLabel({ priority: incident.priority })}
        />
        <div className={classes['grow']}>
          <h3 className={classes['matter']}>{matter || words.detail.unknownMatter}</h3>
          <p className={classes['muted']}>
            {incident.id} · {words.codes.incidentState[incident.state]}
          </p>
        </div>
        {left && (
          <span className={classes['clock']} data-step={left.step}>
            {left.step !== 'calm' && <DeadlineGlyph step={left.step} />}
            {left.step === 'overdue'
              ? words.console.queue.over({ timer: formatLeft(-left.seconds) })
              : words.console.queue.left({ timer: formatLeft(left.seconds) })}
          </span>
        )}
      </header>
      {incident.holdUntil !== null && (
        <p className={classes['held']}>
          {words.detail.held({ clock: formatInstant(Date.parse(incident.holdUntil)) })}
        </p>
      )}
      {incident.text !== '' && <p className={classes['text']}>{incident.text}</p>}
    </>
  );
}

/** Other people who have this incident open now. */
function OthersHere({ incidentId }: { readonly incidentId: number }) {
  const words = useWords().detail;
  const me = useSession((session) => session.me?.personId);
  const people = useLive((state) => state.presence.get(`incident/${incidentId}`));
  const others = people?.filter(({ personId }) => personId !== me) ?? [];
  if (others.length === 0) return null;
  return (
    <output className={classes['presence']}>
      {words.presence({ names: others.map(({ name }) => name).join(', ') })}
    </output>
  );
}

function Facts({ incident, story }: { readonly incident: IncidentView; readonly story: Story | undefined }) {
  const words = useWords();
  const detail = words.detail;
  const { point } = incident;
  return (
    <dl className={classes['facts']}>
      <dt>{detail.place}</dt>
      <dd>
        {incident.address}{' '}
        {incident.doubts.map((doubt) => (
          <strong key={doubt} className={classes['doubt']}>
            {words.codes.doubt[doubt]}
          </strong>
        ))}
      </dd>
      <dt>{detail.cell}</dt>
      <dd>
        {incident.cellCode ?? detail.outside}
        {incident.zoneNumber !== null && ` · ${detail.zoneOf({ number: incident.zoneNumber })}`}
      </dd>
      {incident.overlays.length > 0 && (
        <>
          <dt>{detail.overlays}</dt>
          <dd>{incident.overlays.map((code) => labelOf(words.codes.overlay, code)).join(', ')}</dd>
        </>
      )}
      <dt>{detail.coordinates}</dt>
      <dd className={classes['figures']}>
        {point.lng.toFixed(5)}, {point.lat.toFixed(5)}
        <ActionIcon
          size="sm"
          variant="subtle"
          color="gray"
          aria-label={detail.copy}
          title={detail.copy}
          onClick={() => void copyPoint(point)}
        >
          <IconCopy size={14} />
        </ActionIcon>
      </dd>
      <dt>{detail.deadline}</dt>
      <dd className={classes['figures']}>
        {incident.deadlineAt === null
          ? detail.noDeadline
          : detail.due({ clock: formatInstant(Date.parse(incident.deadlineAt)) })}
        {incident.deadlineProvisional && ` · ${detail.provisional}`}
      </dd>
      {story?.reporter && (
        <>
          <dt>{detail.reporter}</dt>
          <dd>
            <ReporterLine incidentId={incident.id} reporter={story.reporter} />
          </dd>
        </>
      )}
      {incident.liability !== null && (
        <>
          <dt>{detail.liability}</dt>
          <dd>{words.codes.liability[incident.liability]}</dd>
        </>
      )}
      <dt>{words.console.units.source}</dt>
      <dd>
        {detail.reported({
          clock: formatInstant(Date.parse(incident.reportedAt)),
          source: words.codes.source[incident.source],
        })}
        {incident.reports > 1 && ` · ${words.console.queue.reports({ reports: incident.reports })}`}
      </dd>
    </dl>
  );
}
