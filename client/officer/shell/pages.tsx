import { lazy, Suspense, type ComponentType } from 'react';
import { Boundary } from '../../ui/boundary.tsx';
import { useWords } from '../../words/use-words.ts';
import { TaskPage } from '../task/task-page.tsx';
import classes from './phone.module.css';
import { FootContext } from './primary.tsx';
import type { Route } from './route.ts';

const named = <N extends string>(
  load: () => Promise<Record<N, ComponentType<{ readonly id: string }>>>,
  name: N,
) => lazy(async () => ({ default: (await load())[name] }));

/** The task is there at once; the other pages come with their own scripts, which the worker has in store. */
const pages: Readonly<Record<string, ComponentType<{ readonly id: string }>>> = {
  work: named(() => import('../task/work-page.tsx'), 'WorkPage'),
  choices: named(() => import('../me/choices-page.tsx'), 'ChoicesPage'),
  me: named(() => import('../me/me-page.tsx'), 'MePage'),
  report: named(() => import('../patrol/report-page.tsx'), 'ReportPage'),
  patrol: named(() => import('../patrol/patrol-page.tsx'), 'PatrolPage'),
  penalty: named(() => import('../papers/penalty-page.tsx'), 'PenaltyPage'),
  notice: named(() => import('../papers/notice-page.tsx'), 'NoticePage'),
  order: named(() => import('../papers/order-page.tsx'), 'OrderPage'),
};

/** The page of the address. */
export function Pages({ route, foot }: { readonly route: Route; readonly foot: HTMLElement | null }) {
  const words = useWords().officer;
  const Page = pages[route.page];
  return (
    <FootContext value={foot}>
      {Page ? (
        <Boundary key={`${route.page}/${route.id}`}>
          <Suspense fallback={<p className={classes['note']}>{words.opening}</p>}>
            <Page id={route.id ?? ''} />
          </Suspense>
        </Boundary>
      ) : (
        <TaskPage />
      )}
    </FootContext>
  );
}
