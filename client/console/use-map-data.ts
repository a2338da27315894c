import { useEffect, useMemo } from 'react';
import { lngLat, type LngLat } from '../../shared/contract/geo.ts';
import { onFrame, useLive } from '../live/store.ts';
import { isGoing, useWay } from '../live/way.ts';
import type { TownMap } from '../map/town-map.ts';
import { unitKey } from '../map/unit-track.ts';
import { usePreferences } from '../ui/preferences.ts';
import { leadAssignment } from './lead-team.tsx';
import { classOf, isOpen, isPending } from './queue-order.ts';
import { useRoom } from './room.ts';

/** Hands the room's data to the map; each effect touches only what it is about. */
export function useMapData(map: TownMap | null): void {
  const town = useRoom((state) => state.town);
  const theme = usePreferences((state) => state.theme);
  const { incidents, teams } = useLive((state) => state.picture);
  const opened = useRoom((state) => state.opened);
  const selectedTeam = useRoom((state) => state.selectedTeam);
  const trail = useRoom((state) => state.trail);
  useEffect(() => {
    if (town) map?.setTown(town);
  }, [map, town]);
  useEffect(() => map?.setTheme(theme), [map, theme]);
  useEffect(() => {
    const shown = [...incidents.values()].filter(isOpen);
    map?.setIncidents(
      shown.map((incident) => ({
        id: incident.id,
        point: incident.point,
        class: classOf(incident.matterCode),
        priority: incident.priority,
        taken: !isPending(incident),
      })),
    );
  }, [map, incidents]);
  useEffect(() => {
    map?.setUnitLabels(
      new Map([...teams.values()].map((team) => [unitKey('team', team.id), shortName(team)])),
    );
  }, [map, teams]);
  useEffect(() => (map ? onFrame((frame) => map.applyFrame(frame)) : undefined), [map]);
  useEffect(() => {
    if (!map) return undefined;
    const timer = setInterval(() => map.tick(useLive.getState().offsetMs), 1000);
    return () => clearInterval(timer);
  }, [map]);
  useEffect(() => {
    if (opened !== null) map?.select({ incidentId: opened });
    else if (selectedTeam !== null) map?.select({ unit: unitKey('team', selectedTeam) });
    else map?.select(null);
  }, [map, opened, selectedTeam]);
  const measure = useRoom((state) => state.measure);
  const coverage = useRoom((state) => state.coverage);
  useEffect(() => map?.setMeasure(measure), [map, measure]);
  useEffect(() => map?.setCoverage(coverage), [map, coverage]);
  useEffect(() => map?.setTrails(trail ? [trail.points] : []), [map, trail]);
  useRoute(map, opened);
}

/** Three signs fit into a marker: the name that the board shows where it is short, else the end of the code. */
function shortName({ code, name }: { readonly code: string; readonly name: string }): string {
  if (name.length <= 3) return name;
  return code.length <= 4 ? code : code.slice(-3);
}

/** From the team that has the opened incident to its place, along the roads once they are known, before that straight. */
function useRoute(map: TownMap | null, opened: number | null): void {
  const lead = useLive((state) =>
    opened === null ? undefined : leadAssignment(state.picture.assignments, opened),
  );
  const goal = useLive((state) => (opened === null ? undefined : state.picture.incidents.get(opened)?.point));
  const from = useLive((state) => (lead ? state.fixes.get(lead.teamId)?.point : undefined));
  const way = useWay(lead);
  const going = isGoing(lead);
  const [fromLng, fromLat] = [from?.lng, from?.lat];
  const route = useMemo((): readonly LngLat[] | null => {
    if (!going) return null;
    if (way) return way.points.map(([lng, lat]) => lngLat(lng, lat));
    return goal && fromLng !== undefined && fromLat !== undefined ? [lngLat(fromLng, fromLat), goal] : null;
  }, [going, way, goal, fromLng, fromLat]);
  useEffect(() => map?.setRoute(route), [map, route]);
}
