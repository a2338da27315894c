import type { ReactNode } from 'react';
import classes from './panel-head.module.css';

/** Title line of a panel, with its figures or controls at the right. */
export function PanelHead({ title, aside }: { readonly title: string; readonly aside?: ReactNode }) {
  return (
    <div className={classes['head']}>
      <h2 className={classes['title']}>{title}</h2>
      <span className={classes['aside']}>{aside}</span>
    </div>
  );
}
