import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type { Body, Output, Query } from '../../shared/contract/api.ts';
import type { LedgerEvent } from '../../shared/contract/events.ts';
import { apiBase, routes, type Route, type RouteName } from '../../shared/contract/routes.ts';

/** A refusal, with its code. */
export class CallRefused extends Error {
  readonly code: string;
  constructor(name: string, code: string) {
    super(`${name}: ${code}`);
    this.code = code;
  }
}

/** One person's client of the public interface: HTTP for acts, a socket for what happens. */
export interface Client {
  readonly me: Output<'readMe'>;
  call<N extends RouteName>(
    name: N,
    parts?: { params?: Record<string, string | number>; query?: Query<N>; body?: Body<N> },
  ): Promise<Output<N>>;
  /** Opens the socket; facts of this person's rooms arrive in order. */
  listen(onFact: (fact: LedgerEvent) => void): Socket;
}

/** Signs in; throws CallRefused when the name or password is wrong. */
export async function signIn(address: string, name: string, password: string): Promise<Client> {
  const response = await fetch(`${address}${apiBase}/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, password }),
  });
  const answer = (await response.json()) as Output<'readMe'> & { code?: string };
  if (!response.ok) throw new CallRefused('signIn', answer.code ?? String(response.status));
  const token = /grid_login=([^;]+)/.exec(response.headers.get('set-cookie') ?? '')?.[1] ?? '';
  const authorization = `Bearer ${token}`;

  async function send(url: string, init: RequestInit): Promise<Response> {
    for (let attempt = 0; ; attempt++) {
      const answered = await fetch(url, init).catch((error: unknown) => {
        if (attempt >= 3) throw error;
        return undefined;
      });
      // the same key goes with each try, so that an act is done once
      if (answered && (answered.status !== 503 || attempt >= 3)) return answered;
      await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** attempt));
    }
  }

  return {
    me: answer,
    async call(route, parts = {}) {
      const { method, path }: Route = routes[route];
      const filled = path.replaceAll(/:(\w+)/g, (_, key: string) => String(parts.params?.[key]));
      const query = new URLSearchParams(
        Object.entries((parts.query ?? {}) as Record<string, unknown>).map(([k, v]) => [k, String(v)]),
      ).toString();
      const answered = await send(`${address}${apiBase}${filled}${query && `?${query}`}`, {
        method: method.toUpperCase(),
        headers: { authorization, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
        ...(method !== 'get' && { body: JSON.stringify(parts.body ?? {}) }),
      });
      const json = (await answered.json()) as Output<typeof route> & { code?: string };
      if (!answered.ok) throw new CallRefused(route, json.code ?? String(answered.status));
      return json;
    },
    listen(onFact) {
      let since: number | null = null;
      const socket = io(address, {
        transports: ['websocket'],
        extraHeaders: { authorization },
        auth: (give) => give({ since, want: ['events'], client: 'simulator' }),
      });
      socket.on('hello', (hello: { seq: number }) => (since ??= hello.seq));
      socket.on('event', (fact: LedgerEvent) => {
        since = fact.seq;
        onFact(fact);
      });
      return socket;
    },
  };
}
