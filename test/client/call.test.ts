import { expect, test } from 'vitest';
import { routes } from '../../shared/contract/routes.ts';
import { addressOf, CallRefused } from '../../client/live/call.ts';

test('an address takes its parameters and leaves out what was not asked', () => {
  expect(addressOf(routes.readIncident, { params: { incidentId: 1042 } })).toBe('/api/v1/incidents/1042');
  expect(addressOf(routes.listEvents, { query: { since: 7, limit: undefined } })).toBe(
    '/api/v1/events?since=7',
  );
  expect(addressOf(routes.searchIncidents, { query: { text: '消防 道&x=1' } })).toBe(
    '/api/v1/incidents?text=%E6%B6%88%E9%98%B2+%E9%81%93%26x%3D1',
  );
});

test('a refusal always has a code that words know', () => {
  const refused = new CallRefused({ status: 409, code: 'incident_taken', detail: { team: 5 } });
  expect(refused).toMatchObject({
    code: 'incident_taken',
    status: 409,
    detail: { team: 5 },
    errors: [],
    id: null,
  });
  expect(new CallRefused({ status: 0 }).code).toBe('database_unavailable');
});
