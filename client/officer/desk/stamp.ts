/** A copy of a picture with at most `longSide` pixels on its long side, with lines of text at its foot. JPEG. */
export async function stamp(file: Blob, longSide: number, lines: readonly string[]): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const scale = Math.min(1, longSide / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext('2d')!;
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  if (lines.length > 0) write(pen, canvas, lines);
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be written'))),
      'image/jpeg',
      0.85,
    ),
  );
}

/** White letters with a dark rim: readable on any ground, and the ground stays visible. */
function write(
  pen: CanvasRenderingContext2D,
  { width, height }: HTMLCanvasElement,
  lines: readonly string[],
) {
  const size = Math.max(12, Math.round(width / 44));
  pen.font = `600 ${size}px system-ui, sans-serif`;
  pen.textBaseline = 'bottom';
  pen.lineJoin = 'round';
  pen.lineWidth = size / 5;
  pen.strokeStyle = 'black';
  pen.fillStyle = 'white';
  lines.toReversed().forEach((line, i) => {
    const y = height - size / 2 - i * size * 1.35;
    pen.strokeText(line, size / 2, y);
    pen.fillText(line, size / 2, y);
  });
}
