import { cellsText } from './en-studio-counts.ts';
import { plural } from './format.ts';
import type { Words } from './words.tsx';

/** Sentences of the panels in which a plan is drawn, in English. */
export const drawWords: Pick<
  Words['studio'],
  'inspector' | 'basis' | 'hours' | 'cut' | 'border' | 'teams' | 'proposal'
> = {
  inspector: {
    selection: 'Selected cells',
    nothing: 'Nothing is pending. Select with the tools or tick cells in the table below.',
    waiting: ({ cells, zones, source }) =>
      `${source}: ${cellsText(cells)} to zone ${zones}. A accepts, Backspace rejects.`,
    sources: {
      selection: 'Selected',
      proposal: 'Proposal',
      import: 'From a file',
      suggestion: 'Repair or small move',
    },
    incidents: 'Incidents a week',
    hours: 'Hours a week',
    area: 'Area (km²)',
    population: 'Population',
    show: 'Show',
    join: 'Join into one cell',
    joinInto: ({ village }) => `Join into one cell of ${village}`,
    cursor: ({ code, village, zone, hours }) =>
      `Cursor: ${code}, ${village}, zone ${zone}, ${hours} h a week`,
    zone: ({ zone, deviation }) => `Zone ${zone}, load ${deviation}`,
    noMove: 'No single move makes it more even.',
    moves: 'Small moves to more balance',
    move: (v) => `Move ${v.cells} from ${v.from} to ${v.to}: ${v.before} → ${v.after}`,
    tryMove: 'Try',
    rowHead: 'Figure',
    difference: ({ name }) => `Against ${name}`,
    changed: ({ cells, share, teams }) =>
      `${cellsText(cells)} change hands, ${share} of the work, ${plural(teams, { one: '1 team', other: `${teams} teams` })} concerned.`,
    compared: 'Compared',
    plan: 'Plan',
    delta: 'Change',
    rows: {
      highest: 'Largest deviation (%)',
      variation: 'Variation (%)',
      compactness: 'Mean compactness',
      response: 'Mean arrival (min)',
      cross: 'Cross-zone share (%)',
      allBusy: 'All teams busy (%)',
    },
    strained: ({ busy }) => `Teams are busy ${busy} of the time; above 85 % the forecast is a poor guide.`,
    limits: ({ teams, wait }) =>
      `${plural(teams, { one: '1 team', other: `${teams} teams` })}, mean wait ${wait} min. The forecast assumes a steady state, equal teams and no priorities: it ranks plans, the replay judges them.`,
    noForecast: 'No team in service has a place where it waits: no forecast.',
    exchange: 'Exchange numbers',
    takeOver: 'Take from another edition',
    newZone: 'New zone',
    zoneName: 'Name of the zone',
    add: 'Add',
  },
  basis: {
    title: 'What the numbers stand on',
    period: (v) =>
      `${v.from} to ${v.to}, ${plural(v.incidents, { one: '1 incident', other: `${v.incidents} incidents` })}.`,
    assumed:
      'Too few incidents were finished: work goes by population, times of driving and work are assumed.',
    crews: ({ crews }) => `Teams on duty at once by the roster: ${crews}. The forecast counts these.`,
    crew: (v) => `${v.teams} for ${v.share} of the hours`,
    between: ', ',
    held: (v) =>
      `In the next two weeks roads are closed for ${v.closed} of these hours, and a calendar plan holds for ${v.calendar}; the forecast counts both.`,
    unrostered: ({ teams }) =>
      `No roster covers these hours: the forecast counts all ${plural(teams, { one: '1 team', other: `${teams} teams` })} as on duty.`,
    other: 'Another period or demand',
    days: 'Period',
    lastDays: ({ days }) => `Last ${plural(days, { one: 'day', other: `${days} days` })}`,
    demand: 'Demand',
    take: 'Count anew',
  },
  hours: {
    title: 'Hours of the day',
    spans: {
      whole: 'All day',
      day: 'Day, 8 to 20',
      night: 'Night, 20 to 8',
      other: 'Other hours',
    },
    from: 'From hour',
    to: 'To hour',
  },
  cut: {
    title: 'Split a cell',
    how: 'Click the points of a line through one cell, finish with a double click or Enter; or type it here, or take the middle of the cell under the cursor.',
    points: 'Points of the line',
    format: 'longitude,latitude; separated by semicolons, at least two, both ends outside the cell',
    take: 'Take what is typed',
    vertical: 'Middle, north to south',
    horizontal: 'Middle, west to east',
    unreadable: 'Write it as "longitude,latitude; longitude,latitude".',
    cell: ({ code }) => `Splits cell ${code}`,
    noCell: 'The line runs through no cell yet.',
    cut: 'Split',
    drop: 'Cancel',
  },
  border: {
    title: 'Move a shared border',
    how: 'Click the border of two cells and drag its points: both cells follow; an end takes all its neighbours along. Coordinates can be typed here.',
    neighbour: ({ code }) => `Neighbour of ${code}`,
    open: 'Take the border',
    vertices: 'Points of the border',
    axes: { lng: 'longitude', lat: 'latitude' },
    coordinate: ({ axis, number }) => `Point ${number}, ${axis}`,
    add: 'Add after',
    remove: 'Remove',
    save: 'Save the border',
    drop: 'Cancel',
  },
  teams: {
    title: 'Teams of each zone',
    how: 'The first is asked first. A team may serve several zones.',
    zone: ({ zone }) => `Zone ${zone}`,
    save: 'Save teams',
    saved: 'Teams saved',
    busy: 'Forecast share of time busy',
    team: 'Team',
    approximate: 'Approximate',
    exact: 'Exact',
    solve: 'Check by the exact model',
    tooMany: ({ teams }) => `The exact model serves up to ${teams} teams.`,
  },
  proposal: {
    title: 'Proposals',
    how: 'Computed in the background, can be cancelled; the same seed gives the same plan. The result waits as a selection that can be taken whole or in parts.',
    needsDraft: 'Make or open a draft first.',
    tolerance: 'Deviation up to',
    seed: 'Seed',
    curve: 'Balance with few changes',
    redraw: 'Redraw',
    cancel: 'Cancel',
    progress: 'Progress',
    running: (v) =>
      `${v.percent} % done, largest deviation so far ${v.deviation}, compactness ${v.compactness}`,
    drawn: (v) =>
      `Largest deviation ${v.deviation} %, mean compactness ${v.compactness}, ${cellsText(v.cells)} change hands.`,
    leastChange: 'Balance for how much change',
    keep: 'Few',
    more: 'Many',
    chooseOne: 'Move the slider to lay one of the plans on the table.',
    point: (v) =>
      `${cellsText(v.cells)} change hands (${v.load} % of the work), largest deviation ${v.deviation} %, compactness ${v.compactness}`,
    table: 'All choices',
    heads: ['Change', 'Work', 'Deviation', 'Compact'],
    cells: ({ cells }) => cellsText(cells),
    chart:
      'Work that changes hands to the right, largest deviation that remains upward; the table below has the figures',
    axes: { load: 'Work that changes hands (%)', deviation: 'Largest deviation (%)' },
    explain: ({ cells }) =>
      `Explained: move ${plural(cells, { one: 'this cell', other: `these ${cells} cells` })}`,
    move: (v) => `${v.from} → ${v.to}: ${cellsText(v.count)} (${v.cells})`,
    takePart: 'Take this part',
    leavePart: 'Leave this part',
    takeAll: 'Take all',
    leaveAll: 'Leave all',
  },
};
