-- Days of the position history. They are made ahead of time and dropped by retention, whole days at a time: a day
-- that is dropped costs nothing, while deleted rows would have to be vacuumed.
create function make_position_day(day date) returns void language plpgsql as $$
declare
  name text := 'position_' || to_char(day, 'YYYYMMDD');
begin
  if to_regclass(name) is null then
    execute format('create table %I partition of position for values from (%L) to (%L)', name,
      day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC');
  end if;
exception
  when duplicate_table or unique_violation then null;  -- another process was first
  when check_violation then null;                      -- rows of that day lie in position_other and stay there
end $$;

-- Answers how many days were dropped.
create function drop_position_days(before date) returns int language plpgsql as $$
declare
  child name;
  dropped int := 0;
begin
  for child in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'position'::regclass and c.relname ~ '^position_[0-9]{8}$'
      and to_date(right(c.relname, 8), 'YYYYMMDD') < before
  loop
    execute format('drop table %I', child);
    dropped := dropped + 1;
  end loop;
  delete from position_other where fixed_at < before::timestamp at time zone 'UTC';
  return dropped;
end $$;
