import { Button } from '@mantine/core';
import { useEffect, useRef, useState, type PointerEvent } from 'react';
import { useWords } from '../../words/use-words.ts';
import classes from '../shell/phone.module.css';

const width = 600;
const height = 220;

/** A signature on glass: drawn with a finger, given as a PNG in base64; null while there is none. */
export function SignaturePad(props: {
  readonly label: string;
  readonly value: string | null;
  readonly onChange: (image: string | null) => void;
}) {
  const words = useWords().officer.papers.pad;
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = useRef(false);
  const [signed, setSigned] = useState(props.value !== null);
  const { value } = props;
  useEffect(() => {
    if (value === null || !canvas.current) return;
    const pen = canvas.current.getContext('2d')!;
    const picture = new Image();
    picture.addEventListener('load', () => pen.drawImage(picture, 0, 0), { once: true });
    picture.src = `data:image/png;base64,${value}`;
    // oxlint-disable-next-line react/exhaustive-deps -- only what was kept from before is drawn anew
  }, []);
  const at = (event: PointerEvent<HTMLCanvasElement>): [number, number] => {
    const box = event.currentTarget.getBoundingClientRect();
    return [
      ((event.clientX - box.left) / box.width) * width,
      ((event.clientY - box.top) / box.height) * height,
    ];
  };
  const down = (event: PointerEvent<HTMLCanvasElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    const pen = event.currentTarget.getContext('2d')!;
    pen.lineWidth = 5;
    pen.lineCap = 'round';
    pen.lineJoin = 'round';
    pen.beginPath();
    pen.moveTo(...at(event));
    drawing.current = true;
  };
  const move = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!drawing.current) return;
    const pen = event.currentTarget.getContext('2d')!;
    pen.lineTo(...at(event));
    pen.stroke();
  };
  const up = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!drawing.current) return;
    drawing.current = false;
    setSigned(true);
    props.onChange(event.currentTarget.toDataURL('image/png').split(',')[1] ?? null);
  };
  const clear = () => {
    canvas.current?.getContext('2d')?.clearRect(0, 0, width, height);
    setSigned(false);
    props.onChange(null);
  };
  return (
    <div className={classes['sheet']} role="group" aria-label={props.label}>
      <div className={classes['spread']}>
        <strong>{props.label}</strong>
        <Button variant="default" size="md" style={{ minHeight: 48 }} disabled={!signed} onClick={clear}>
          {words.again}
        </Button>
      </div>
      <canvas
        ref={canvas}
        className={classes['pad']}
        width={width}
        height={height}
        aria-label={signed ? words.signed : words.empty}
        role="img"
        data-pad
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={up}
      />
    </div>
  );
}
