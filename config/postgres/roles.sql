-- The database roles of Yiqi. Run once by a superuser connected to the database "yiqi"; safe to repeat.
-- Passwords are set apart (ALTER ROLE ... PASSWORD), so that none stands in a file.
do $$
declare r text;
begin
  foreach r in array array['yiqi_owner', 'yiqi_app', 'yiqi_worker', 'yiqi_auditor', 'yiqi_broker'] loop
    if not exists (select 1 from pg_roles where rolname = r) then
      execute format('create role %I login nosuperuser nocreatedb nocreaterole nobypassrls', r);
    end if;
  end loop;
end $$;
do $$ begin execute format('grant create, connect on database %I to yiqi_owner', current_database()); end $$;
create extension if not exists btree_gist;
create extension if not exists pg_trgm;
revoke all on schema public from public;
grant usage on schema public to yiqi_owner, yiqi_app, yiqi_worker, yiqi_auditor, yiqi_broker;
