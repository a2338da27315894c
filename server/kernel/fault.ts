/** The named steps of a command at which the kill tests end the process. */
export const faultSteps = [
  'before-begin',
  'locked',
  'inserted',
  'updated',
  'announced',
  'before-commit',
  'after-commit',
  'before-answer',
] as const;
export type FaultStep = (typeof faultSteps)[number];
export type Fault = (step: FaultStep) => void;

/** The production fault: none. */
export const noFault: Fault = () => undefined;

/**
 * Kills this process with SIGKILL when `spec` ("STEP:N") names the Nth passage of a step. Only the kill
 * tests set it, by the environment of a server that they started.
 */
export function killAt(spec: string | undefined): Fault {
  if (!spec) return noFault;
  const [step, count] = spec.split(':');
  let left = Number(count ?? 1);
  return (at) => {
    if (at !== step) return;
    left -= 1;
    if (left <= 0) process.kill(process.pid, 'SIGKILL');
  };
}
