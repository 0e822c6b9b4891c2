-- A look at the open data reads only processes that have changed: what the others add to the comparison of all is kept.
create table procurement.red_flag_figure (
  ocid text not null,
  kind text not null check (length(kind) between 1 and 40),
  subject text not null,
  other text not null,
  part double precision not null,
  whole double precision not null
);
create index red_flag_figure_process on procurement.red_flag_figure (ocid);
create index red_flag_figure_ratio on procurement.red_flag_figure (subject, other, part) where kind = 'RATIO';
create index red_flag_process on procurement.red_flag (ocid, indicator) where ocid is not null;
-- Looked at with other settings, everything is looked at again; amounts are compared in the currency that was seen first.
alter table procurement.red_flag_run add settings text not null default '', add currency text not null default '';

alter table procurement.red_flag_figure enable row level security;
alter table procurement.red_flag_figure force row level security;
create policy red_flag_figure_worker on procurement.red_flag_figure for all to yiqi_worker using (true) with check (true);
create policy red_flag_figure_app on procurement.red_flag_figure for all to yiqi_app
  using ((select shared.scope()) = 'SYSTEM') with check ((select shared.scope()) = 'SYSTEM');
grant select, insert, update, delete on procurement.red_flag_figure to yiqi_app, yiqi_worker;

insert into procurement.red_flag_setting values
  ('R017.reach', '2020-01-01', '1.5', 'Tukey'),
  ('R022.minimum_bids', '2020-01-01', '3', '财政部令第87号 §43'),
  ('R023.minimum_bids', '2020-01-01', '4', '财政部令第87号 §37'),
  ('R023.threshold', '2020-01-01', '3', 'Cardinal'),
  ('R023.digits', '2020-01-01', '4', '财政部令第87号 §37');
