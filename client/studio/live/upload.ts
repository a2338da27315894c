import type { Output } from '../../../shared/contract/api.ts';
import type { Problem } from '../../../shared/contract/problem.ts';
import type { RouteName } from '../../../shared/contract/routes.ts';
import { routes } from '../../../shared/contract/routes.ts';
import { addressOf, CallRefused } from '../../live/call.ts';

/** Sends a file with its description; throws CallRefused. */
export async function upload<N extends RouteName>(
  name: N,
  params: Readonly<Record<string, unknown>>,
  meta: object,
  file: File,
): Promise<Output<N>> {
  const form = new FormData();
  form.set('meta', JSON.stringify(meta));
  form.set('file', file);
  let response: Response;
  try {
    response = await fetch(addressOf(routes[name], { params }), {
      method: 'POST',
      body: form,
      credentials: 'same-origin',
      headers: { accept: 'application/json' },
    });
  } catch {
    throw new CallRefused({ status: 0 });
  }
  if (response.ok) return (await response.json()) as Output<N>;
  throw new CallRefused({ ...((await response.json()) as Problem), status: response.status });
}

/** Hands a text to the browser as a file. */
export function saveAs(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
