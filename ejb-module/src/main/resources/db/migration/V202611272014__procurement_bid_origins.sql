-- Which bids of a tender came from one network address. Before the opening a digest under a secret of the tender, which is then
-- destroyed; afterwards only a number that those with the same address share.
create table procurement.bid_origin (
  bid_id uuid primary key references procurement.bid(id),
  tender_id uuid not null,
  origin text not null check (origin ~ '^[0-9a-f]{1,64}$')
);
create index bid_origin_tender on procurement.bid_origin (tender_id);
create table procurement.bid_origin_secret (
  tender_id uuid primary key,
  secret bytea not null check (octet_length(secret) = 32)
);
do $$ declare t text; begin
  foreach t in array array['bid_origin', 'bid_origin_secret'] loop
    execute format('alter table procurement.%I enable row level security', t);
    execute format('alter table procurement.%I force row level security', t);
    execute format('create policy %I on procurement.%I for all to yiqi_app using ((select shared.scope()) = ''SYSTEM'')
      with check ((select shared.scope()) = ''SYSTEM'')', t || '_app', t);
    execute format('grant select, insert, update, delete on procurement.%I to yiqi_app', t);
  end loop;
end $$;
-- R is the Open Contracting Partnership's guide, Y what it has no code for.
alter table procurement.red_flag drop constraint red_flag_indicator_check;
alter table procurement.red_flag add constraint red_flag_indicator_check check (indicator ~ '^[RY][0-9]{3}$');
