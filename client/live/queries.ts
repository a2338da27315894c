import { QueryClient } from '@tanstack/react-query';

/**
 * Reads that are no part of the live picture. Nothing is read again by itself: the facts say when something has
 * changed, and `call` already tries again while the server is away.
 */
export const queries = new QueryClient({
  defaultOptions: {
    queries: { retry: false, refetchOnWindowFocus: false, refetchOnReconnect: false, staleTime: Infinity },
  },
});
