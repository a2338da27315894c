import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

/** A program of the bench in a process of its own, spoken to by questions and answers. */
export interface Child<Question, Answer> {
  ask(question: Question): Promise<Answer>;
  end(): void;
}

/** Starts `bench/<name>.ts`; the child answers each message with one. */
export function startChild<Question extends object, Answer>(name: string): Child<Question, Answer> {
  const child: ChildProcess = fork(join(import.meta.dirname, `${name}.ts`), {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        const hear = (answer: unknown) => {
          child.off('exit', gone);
          resolve(answer as Answer);
        };
        const gone = (code: number | null) => reject(new Error(`${name} ended with ${code}`));
        child.once('message', hear);
        child.once('exit', gone);
        child.send(question);
      }),
    end: () => void child.kill('SIGKILL'),
  };
}

/** The child's side: answers each message, one after the other, and ends with the parent. */
export function answerAll(work: (question: never) => Promise<object>): void {
  let last = Promise.resolve();
  process.on('disconnect', () => process.exit(0));
  process.on('message', (question) => {
    last = last.then(async () => {
      process.send!(await work(question as never));
    });
    last.catch((error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    });
  });
}
