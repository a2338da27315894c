/**
 * Cheapest assignment of every row to a column of its own, by shortest augmenting paths. `costs` is row by
 * row, `rows` x `columns`; Infinity forbids a pair. Returns the column of each row, or null when not every
 * row can have one. Throws RangeError on NaN and on -Infinity, which would pass through it unseen.
 */
export function solveAssignment(costs: Float64Array, rows: number, columns: number): Int32Array | null {
  if (costs.length < rows * columns) throw new RangeError('costs hold fewer than rows x columns numbers');
  for (let i = 0; i < rows * columns; i++)
    if (!(costs[i]! > -Infinity)) throw new RangeError(`cost ${i} is ${costs[i]}`);
  const rowPrice = new Float64Array(rows);
  const columnPrice = new Float64Array(columns);
  const columnOfRow = new Int32Array(rows).fill(-1);
  const rowOfColumn = new Int32Array(columns).fill(-1);
  const length = new Float64Array(columns);
  const before = new Int32Array(columns);
  const open = new Int32Array(columns);

  for (let start = 0; start < rows; start++) {
    length.fill(Infinity);
    for (let k = 0; k < columns; k++) open[k] = k;
    let openCount = columns;
    let row = start;
    let reached = 0;
    let sink = -1;
    // Grow a tree of shortest reduced lengths until it meets a free column.
    while (sink < 0) {
      let next = -1;
      for (let k = 0; k < openCount; k++) {
        const column = open[k]!;
        const way = reached + costs[row * columns + column]! - rowPrice[row]! - columnPrice[column]!;
        if (way < length[column]!) {
          length[column] = way;
          before[column] = row;
        }
        if (next < 0 || length[column]! < length[open[next]!]!) next = k;
      }
      if (next < 0 || length[open[next]!] === Infinity) return null;
      const column = open[next]!;
      // Closed columns gather behind `openCount`, so that the prices below find them.
      open[next] = open[--openCount]!;
      open[openCount] = column;
      reached = length[column]!;
      if (rowOfColumn[column] === -1) sink = column;
      else row = rowOfColumn[column]!;
    }
    rowPrice[start]! += reached;
    for (let k = openCount; k < columns; k++) {
      const column = open[k]!;
      const owner = rowOfColumn[column]!;
      if (owner >= 0) rowPrice[owner]! += reached - length[column]!;
      columnPrice[column]! -= reached - length[column]!;
    }
    for (let column = sink; ;) {
      const owner = before[column]!;
      const previous = columnOfRow[owner]!;
      rowOfColumn[column] = owner;
      columnOfRow[owner] = column;
      if (owner === start) break;
      column = previous;
    }
  }
  return columnOfRow;
}

/**
 * The same with a way out: each row may stay alone at its own price in `alone` (finite). Rows that stay
 * alone get -1. Every row has a private dummy column for it, so the problem is always feasible and leaves
 * out what hurts least. Throws Error should a forbidden pair ever come out.
 */
export function solveOptional(
  costs: Float64Array,
  alone: Float64Array,
  rows: number,
  columns: number,
): Int32Array {
  const width = columns + rows;
  const wide = new Float64Array(rows * width).fill(Infinity);
  for (let row = 0; row < rows; row++) {
    if (!Number.isFinite(alone[row]!)) throw new RangeError(`waiting price ${row} is ${alone[row]}`);
    for (let column = 0; column < columns; column++)
      wide[row * width + column] = costs[row * columns + column]!;
    wide[row * width + columns + row] = alone[row]!;
  }
  const solved = solveAssignment(wide, rows, width);
  if (!solved) throw new Error('an assignment with private dummies cannot be infeasible');
  for (let row = 0; row < rows; row++) {
    const column = solved[row]!;
    if (wide[row * width + column] === Infinity) throw new Error(`forbidden pair ${row}, ${column}`);
    if (column >= columns) solved[row] = -1;
  }
  return solved;
}
