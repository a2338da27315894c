import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** The product's own measures, one registry per process; labels never carry personal data. */
export interface Metrics {
  readonly registry: Registry;
  readonly httpSeconds: Histogram<'route' | 'code'>;
  readonly socketClients: Gauge<'role'>;
  readonly socketClosed: Counter<'reason'>;
  readonly eventLagSeconds: Histogram<'stage'>;
  readonly positions: Counter<'source' | 'result'>;
  readonly offers: Counter<'result'>;
  readonly assignSeconds: Histogram<'mode'>;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'grid_' });
  const registers = [registry];
  const buckets = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.3, 1, 3];
  return {
    registry,
    httpSeconds: new Histogram({
      name: 'grid_http_seconds',
      help: 'Time of an answer',
      labelNames: ['route', 'code'],
      buckets,
      registers,
    }),
    socketClients: new Gauge({
      name: 'grid_socket_clients',
      help: 'Sockets by role',
      labelNames: ['role'],
      registers,
    }),
    socketClosed: new Counter({
      name: 'grid_socket_closed_total',
      help: 'Sockets closed by reason',
      labelNames: ['reason'],
      registers,
    }),
    eventLagSeconds: new Histogram({
      name: 'grid_event_lag_seconds',
      help: 'Age of a fact when it is relayed',
      labelNames: ['stage'],
      buckets,
      registers,
    }),
    positions: new Counter({
      name: 'grid_positions_total',
      help: 'Positions by source and result',
      labelNames: ['source', 'result'],
      registers,
    }),
    offers: new Counter({
      name: 'grid_offer_total',
      help: 'Offers by what became of them',
      labelNames: ['result'],
      registers,
    }),
    assignSeconds: new Histogram({
      name: 'grid_assign_seconds',
      help: 'Time of a decision with its claim',
      labelNames: ['mode'],
      buckets,
      registers,
    }),
  };
}
