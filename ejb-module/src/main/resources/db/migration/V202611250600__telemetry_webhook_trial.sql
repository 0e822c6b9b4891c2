-- A trial delivery belongs to no episode; a person may ask for another attempt, and change nothing else.
alter table telemetry.webhook_delivery alter column episode_id drop not null;
create index webhook_delivery_newest on telemetry.webhook_delivery (webhook_id, created_at desc);
create unique index webhook_delivery_one_trial on telemetry.webhook_delivery (webhook_id) where event = 'webhook.trial' and next_at is not null;
grant update (next_at) on telemetry.webhook_delivery to yiqi_app;
