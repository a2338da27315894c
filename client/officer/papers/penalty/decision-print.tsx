import type { IncidentView } from '../../../../shared/contract/incidents.ts';
import type { Matter } from '../../../../shared/contract/matters.ts';
import { formatInstant } from '../../../words/format.ts';
import { decisionPaper } from '../../../words/paper-zh-CN.ts';
import { useDesk } from '../../desk/desk.ts';
import { useCrew } from '../crew.ts';
import classes from '../paper.module.css';
import type { PenaltyDraft } from './draft.ts';

/**
 * The decision as it is printed and handed over on the spot, with everything that 行政处罚法 52 asks for. The PDF of the
 * organ's template follows when the server has the acts; both say the same.
 */
export function DecisionPrint(props: {
  readonly draft: PenaltyDraft;
  readonly incident: IncidentView;
  readonly matter: Matter;
}) {
  const words = decisionPaper;
  const settings = useDesk((desk) => desk.settings);
  const { self, partners } = useCrew();
  const { draft, incident, matter } = props;
  const { party, proposal } = draft;
  const partner = partners.find(({ personId }) => personId === draft.partnerId);
  const officers = [self?.displayName, partner?.displayName].filter(Boolean).join('、');
  const decision =
    proposal?.kind === 'fine' ? words.fine({ yuan: proposal.amountYuan.toFixed(2) }) : words.warning;
  const rows: [string, string][] = [
    [words.party, party.name],
    [words.idNumber, `${party.idKind ? words.idKinds[party.idKind] : ''} ${party.idNumber ?? ''}`],
    ...(party.representative ? [[words.representative, party.representative] as [string, string]] : []),
    [words.address, [party.address, party.phone].filter(Boolean).join(' ')],
    [words.actAt, formatInstant(Date.parse(incident.reportedAt)).slice(0, 16)],
    [words.place, incident.address],
    [words.facts, draft.facts ?? ''],
    [words.basis, matter.basis],
    [words.told, draft.statement === 'heard' ? words.heard({ text: draft.statementText }) : words.waived],
    [words.decision, decision],
    ...(proposal?.kind === 'fine'
      ? [[words.payment, words.payWithin({ at: settings?.payAt ?? '' })] as [string, string]]
      : []),
    [
      words.remedy,
      words.remedyText({ body: settings?.reconsiderationBody ?? '', court: settings?.court ?? '' }),
    ],
    [words.officers, officers],
  ];
  return (
    <article className={classes['paper']} lang="zh-CN" data-paper="decision">
      <p className={classes['organ']}>{settings?.organ}</p>
      <h2 className={classes['title']}>{words.title}</h2>
      <p className={classes['number']}>{draft.number?.number ?? words.numberLater}</p>
      <table>
        <tbody>
          {rows.map(([label, text]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={classes['hands']}>
        <span>
          {words.officerHands}{' '}
          {draft.ownImage && <img alt="" src={`data:image/png;base64,${draft.ownImage}`} />}
          {draft.partnerImage && <img alt="" src={`data:image/png;base64,${draft.partnerImage}`} />}
        </span>
        <span>
          {words.partyHand}{' '}
          {draft.receipt.refused
            ? draft.receipt.note
            : draft.receipt.image && <img alt="" src={`data:image/png;base64,${draft.receipt.image}`} />}
        </span>
        <span className={classes['number']}>
          {settings?.organ} {draft.decidedAtMs !== null && formatInstant(draft.decidedAtMs).slice(0, 16)}
        </span>
      </div>
    </article>
  );
}
