/** Pictures that fill cells with a meaning that colour alone must not carry. */
export const patternNames = ['trouble', 'pending', 'changed', 'locked'] as const;
export type PatternName = (typeof patternNames)[number];

const size = 16;

/** Draws the fill patterns: crossed for trouble, dotted for pending, slashed for changed, barred for locked. */
export function drawPatterns(ink: string, alarm: string): ReadonlyMap<PatternName, ImageData> {
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  const images = new Map<PatternName, ImageData>();
  if (!pen) return images;
  for (const name of patternNames) {
    pen.reset();
    draw(pen, name, name === 'trouble' ? alarm : ink);
    images.set(name, pen.getImageData(0, 0, size, size));
  }
  return images;
}

function draw(pen: CanvasRenderingContext2D, name: PatternName, colour: string): void {
  pen.strokeStyle = colour;
  pen.fillStyle = colour;
  const slash = (width: number): void => {
    pen.lineWidth = width;
    pen.beginPath();
    for (const shift of [-size, 0, size]) {
      pen.moveTo(shift, size);
      pen.lineTo(shift + size, 0);
    }
    pen.stroke();
  };
  if (name === 'changed') slash(1.2);
  else if (name === 'trouble') {
    slash(2.4);
    pen.translate(size, 0);
    pen.scale(-1, 1);
    slash(2.4);
  } else if (name === 'pending') {
    for (const [x, y] of [
      [4, 4],
      [12, 12],
    ] as const) {
      pen.beginPath();
      pen.arc(x, y, 2.4, 0, 2 * Math.PI);
      pen.fill();
    }
  } else {
    pen.lineWidth = 1.4;
    pen.beginPath();
    pen.moveTo(0, size / 2);
    pen.lineTo(size, size / 2);
    pen.stroke();
  }
}
