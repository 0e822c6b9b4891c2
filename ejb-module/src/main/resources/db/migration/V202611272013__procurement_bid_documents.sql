-- By what documents of bids are known again in others: their bytes' digest, who and what made them, and hashes of their text.
create table procurement.bid_document (
  tender_id uuid not null,
  bid_id uuid not null references procurement.bid(id),
  sha256 text not null check (sha256 ~ '^([0-9a-f]{64})?$'),
  author text not null check (length(author) <= 200),
  made text not null check (length(made) <= 500),
  sketch text not null check (length(sketch) <= 2000)
);
create index bid_document_tender on procurement.bid_document (tender_id);
create table procurement.bid_document_read (
  bid_id uuid not null references procurement.bid(id),
  envelope text not null,
  read_at timestamptz not null,
  primary key (bid_id, envelope)
);
do $$ declare t text; begin
  foreach t in array array['bid_document', 'bid_document_read'] loop
    execute format('alter table procurement.%I enable row level security', t);
    execute format('alter table procurement.%I force row level security', t);
    execute format('create policy %I on procurement.%I for all to yiqi_app using ((select shared.scope()) = ''SYSTEM'')
      with check ((select shared.scope()) = ''SYSTEM'')', t || '_app', t);
    execute format('grant select, insert on procurement.%I to yiqi_app', t);
  end loop;
end $$;

insert into procurement.red_flag_setting values
  ('R041.likeness', '2020-01-01', '0.8', '招标投标法实施条例 §40'),
  ('R041.no_authors', '2020-01-01', 'administrator|admin|user|windows user|microsoft office user|lenovo|dell|hp|微软用户|用户', '预设用户名');
