import { IconX } from '@tabler/icons-react';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useWords } from '../../words/use-words.ts';
import { SosButton } from '../me/sos-button.tsx';
import classes from './phone.module.css';

/**
 * A sheet from the foot of the screen, within reach of the thumb. It is the browser's own dialog, which keeps the focus
 * and closes by Escape; Mantine's drawer would bring 20 kB of scroll areas and floating boxes to every phone.
 */
export function Sheet(props: {
  readonly title: string;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const words = useWords().officer;
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const { opened, onClose } = props;
  useEffect(() => {
    const box = dialog.current;
    if (!box) return;
    if (opened && !box.open) box.showModal();
    if (!opened && box.open) box.close();
  }, [opened]);
  useEffect(() => {
    const box = dialog.current;
    // a tap beside the sheet closes it; the button and Escape do the same
    const beside = (event: MouseEvent) => {
      if (event.target === box) box?.close();
    };
    box?.addEventListener('click', beside);
    return () => box?.removeEventListener('click', beside);
  }, []);
  return (
    <dialog ref={dialog} className={classes['dialog']} aria-labelledby={id} onClose={onClose}>
      {opened && (
        <div className={classes['sheet']}>
          <div className={classes['spread']}>
            <h2 className={classes['title']} id={id}>
              {props.title}
            </h2>
            <SosButton />
            <button type="button" className={classes['close']} aria-label={words.close} onClick={onClose}>
              <IconX size={26} aria-hidden="true" />
            </button>
          </div>
          {props.children}
        </div>
      )}
    </dialog>
  );
}
