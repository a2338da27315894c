import { cellsText } from './en-studio-counts.ts';
import type { Words } from './words.tsx';

/** Sentences of the tables below the map, in English. */
export const tableWords: Pick<Words['studio'], 'bottom' | 'problems' | 'cells' | 'changes' | 'log'> = {
  bottom: {
    problems: ({ problems }) => `Problems ${problems}`,
    cells: 'Cells',
    changes: 'Changes',
    log: 'Log',
  },
  problems: {
    title: 'Problems of the plan',
    none: 'No problem: it may go to review.',
    error: 'Must',
    warning: 'Note',
    waive: 'Allow pieces',
    waiveReason: 'Why it may lie in pieces',
    show: 'Show',
    which: (v) => `${v.sentence} (${v.codes})`,
    repair: ({ cells }) => `Repair ${cellsText(cells)}`,
    sentences: {
      cell_unassigned: ({ cells }) => `${cellsText(cells)} without a zone`,
      cell_orphaned: ({ zone }) => `Zone ${zone} has a cell that hangs together with nothing of it`,
      zone_empty: ({ zone }) => `Zone ${zone} has no cell`,
      zone_split: ({ zone, cells }) => `Zone ${zone} is not contiguous: ${cellsText(cells)} cut off`,
      zone_unstaffed: ({ zone }) => `Zone ${zone} has no team`,
      team_unplaced: ({ team }) => `Team ${team} is in service and has no zone`,
      coverage_damaged: 'The check of the cells failed',
      edition_outdated: 'Another edition came into force meanwhile',
      zone_holed: ({ zone, cells }) => `Zone ${zone} encloses ${cellsText(cells)} of other zones`,
      workload_uneven: ({ zone, percent }) =>
        `Zone ${zone} has ${Math.abs(percent)} % ${percent < 0 ? 'less' : 'more'} work than the mean`,
      zone_ragged: ({ zone, compactness }) => `Zone ${zone} is ragged, compactness ${compactness}`,
      village_divided: ({ village, zones }) =>
        `${village} is cut into ${zones} zones, more than in the running edition`,
    },
  },
  cells: {
    title: 'All cells',
    heads: ['Sel.', 'Cell', 'Village', 'Inc./week', 'Hours/week', 'km²', 'People', 'Zone'],
    filter: 'Filter by code, village or #zone',
    choose: ({ code }) => `Select cell ${code}`,
    zoneOf: ({ code }) => `Zone of cell ${code}`,
    noZone: 'none',
    give: ({ cells }) => `Give the selected ${cells} to`,
    target: ({ zone }) => `zone ${zone}`,
    join: ({ cells }) => `Join ${cellsText(cells)} into one`,
    show: 'Show',
    renumber: 'Number a village anew …',
  },
  changes: {
    title: 'Cells that change hands',
    none: ({ name }) => `No difference to ${name}.`,
    count: ({ cells, name }) => `${cellsText(cells)} differ from ${name}`,
    row: ({ code, was, now }) => `Cell ${code}: zone ${was} → zone ${now}`,
    show: 'Show',
    back: 'Put back',
    backAll: ({ name }) => `Put all back to ${name}`,
    conflicts: 'Cells to decide',
    conflict: ({ code, mine, theirs }) =>
      `Cell ${code}: zone ${mine} in the draft, zone ${theirs} in the running edition`,
    keepDraft: 'As in the draft',
    keepRunning: 'As running',
  },
  log: {
    title: 'Log of the draft',
    none: 'Nothing was done yet.',
    you: 'You',
    person: ({ id }) => `Planner ${id}`,
    undo: 'took a step back',
    redo: 'did a step again',
    exchange: ({ zones }) => `exchanged the numbers of zones ${zones}`,
    lock: ({ zones }) => `locked zones ${zones}`,
    unlock: ({ zones }) => `unlocked zones ${zones}`,
    assign: ({ cells, zones }) =>
      cells === 0 ? 'added or removed zones' : `${cellsText(cells)} to zone ${zones}`,
    cells: {
      split: 'split a cell',
      merge: 'joined cells',
      move_border: 'moved a shared border',
      move_node: 'moved a corner',
      renumber: 'numbered a village anew',
      revert: 'took an edit of the cells back',
      rebase: 'brought the draft onto the running edition',
    },
  },
};
