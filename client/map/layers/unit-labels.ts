import { fontFamily } from '../../ui/font.ts';

const cellWidth = 56;
const cellHeight = 28;
const columns = 16;

/** Team codes drawn once into a picture; the shader cuts each marker's code out of it. */
export class UnitLabels {
  /** Cell of each unit's label. */
  readonly cells = new Map<string, number>();
  readonly canvas = document.createElement('canvas');
  #texts = new Map<string, string>();

  /** Columns and rows of the picture. */
  get grid(): [columns: number, rows: number] {
    return [columns, this.canvas.height / cellHeight];
  }

  /** Redraws when a text is new or changed; answers whether it did. */
  set(texts: ReadonlyMap<string, string>): boolean {
    const same = texts.size === this.#texts.size && [...texts].every(([k, t]) => this.#texts.get(k) === t);
    if (same) return false;
    this.#texts = new Map(texts);
    this.cells.clear();
    const rows = Math.max(1, Math.ceil(texts.size / columns));
    this.canvas.width = columns * cellWidth;
    this.canvas.height = 2 ** Math.ceil(Math.log2(rows)) * cellHeight;
    const pen = this.canvas.getContext('2d');
    if (!pen) return false;
    pen.font = `700 24px ${fontFamily}`;
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    let cell = 0;
    for (const [key, text] of texts) {
      const x = (cell % columns) * cellWidth + cellWidth / 2;
      const y = Math.floor(cell / columns) * cellHeight + cellHeight / 2 + 1;
      pen.fillText(text, x, y, cellWidth - 12);
      this.cells.set(key, cell++);
    }
    return true;
  }
}
