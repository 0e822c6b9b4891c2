-- A device that restarts is silent for a minute or two; that is seen on its page at once, but calls nobody.
update telemetry.rule set hold_seconds = 300, revision = revision + 1, version = version + 1, updated_at = now()
where id = '019e0000-0000-7000-8000-000000000010';
insert into telemetry.rule_revision (rule_id, revision, at, definition)
select id, revision, updated_at, to_jsonb(r) - 'version' from telemetry.rule r where id = '019e0000-0000-7000-8000-000000000010';
