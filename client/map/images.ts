/* oxlint-disable unicorn/no-array-fill-with-reference-type -- these are fills of a canvas */
import { classShapes, incidentClasses, type IncidentClass } from '../ui/glyph-shapes.ts';
import { fontFamily } from '../ui/font.ts';
import type { Tokens } from '../ui/tokens.ts';

/** Name of the picture of an incident: class is the shape, priority the number, hollow when a team is on it. */
export function incidentImage(incident: {
  readonly class: IncidentClass;
  readonly priority: number;
  readonly taken: boolean;
}): string {
  return `incident-${incident.class}-${incident.priority}-${incident.taken ? 'taken' : 'open'}`;
}

const box = 30;
const tail = 6;
const ratio = 2;

/** Draws every incident picture of a theme: the shapes of the lists, with a tail that ends at the place. */
export function drawIncidentImages(tokens: Tokens): Map<string, ImageData> {
  const canvas = document.createElement('canvas');
  canvas.width = box * ratio;
  canvas.height = (box + tail) * ratio;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  const images = new Map<string, ImageData>();
  if (!pen) return images;
  for (const kind of incidentClasses)
    for (const priority of [1, 2, 3, 4, 5] as const)
      for (const taken of [false, true]) {
        pen.reset();
        pen.scale(ratio, ratio);
        drawIncident(pen, tokens, kind, priority, taken);
        const name = incidentImage({ class: kind, priority, taken });
        images.set(name, pen.getImageData(0, 0, canvas.width, canvas.height));
      }
  return images;
}

/** Pixel ratio of the pictures. */
export const imagePixelRatio = ratio;

function drawIncident(
  pen: CanvasRenderingContext2D,
  { surface, priority: colours, ink }: Tokens,
  kind: IncidentClass,
  priority: 1 | 2 | 3 | 4 | 5,
  taken: boolean,
) {
  const colour = colours[priority];
  const outline = new Path2D();
  outline.addPath(new Path2D(classShapes[kind]), new DOMMatrix().translate(3, 2).scale(1));
  const pointer = new Path2D(
    `M${box / 2 - 4} ${box - 5}L${box / 2} ${box + tail - 1}L${box / 2 + 4} ${box - 5}Z`,
  );
  pen.lineJoin = 'round';
  pen.strokeStyle = surface.ground;
  pen.lineWidth = 5;
  pen.stroke(pointer);
  pen.stroke(outline);
  pen.fillStyle = colour;
  pen.fill(pointer);
  pen.fillStyle = taken ? surface.ground : colour;
  pen.fill(outline);
  pen.strokeStyle = colour;
  pen.lineWidth = 2;
  pen.stroke(outline);
  pen.fillStyle = taken ? colour : ink;
  pen.font = `700 15px ${fontFamily}`;
  pen.textAlign = 'center';
  pen.textBaseline = 'alphabetic';
  pen.fillText(String(priority), box / 2, kind === 'building' || kind === 'environment' ? 21.5 : 19.5);
}
