import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Output } from '../../shared/contract/api.ts';
import { lngLat } from '../../shared/contract/datums.ts';
import { toWgs84 } from '../../shared/rules/datum.ts';
import { call } from '../live/call.ts';
import { mapHandle } from './map-handle.ts';
import type { WrittenPlace } from './place-words.ts';

const typingMs = 250;

/** What the server thinks of a draft: where it lies, what it may repeat, who would go. Asked when typing rests. */
export function useDraftPreview(
  place: WrittenPlace | null,
  matterCode: string | null,
): Output<'previewIncident'> | undefined {
  const wanted = place
    ? JSON.stringify({ lng: place.lng, lat: place.lat, crs: place.crs, ...(matterCode && { matterCode }) })
    : null;
  const [asked, setAsked] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(wanted), typingMs);
    return () => clearTimeout(timer);
  }, [wanted]);
  const { data } = useQuery({
    queryKey: ['preview', asked],
    enabled: asked !== null && asked === wanted,
    staleTime: 5000,
    queryFn: () => call('previewIncident', { query: JSON.parse(asked ?? '{}') }),
  });
  return asked === wanted ? data : undefined;
}

/** Marks the place of the draft on the map, whatever datum it was written in. */
export function useDraftMark(place: WrittenPlace | null): void {
  const read = place ? toWgs84(place) : null;
  const [lng, lat] = read?.ok ? [read.value.lng, read.value.lat] : [null, null];
  useEffect(() => {
    mapHandle()?.setDraft(lng === null || lat === null ? null : lngLat(lng, lat));
  }, [lng, lat]);
  useEffect(() => () => mapHandle()?.setDraft(null), []);
}
