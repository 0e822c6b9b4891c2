-- What a hospital pays under a contract stands in both books. The lists grow by what is new, whatever stood in them before.
do $$
declare
  entry text := (select pg_get_constraintdef(oid) from pg_constraint where conname = 'entry_reason_check');
  posting text := (select pg_get_constraintdef(oid) from pg_constraint where conname = 'posting_account_check');
begin
  alter table billing.entry drop constraint entry_reason_check;
  alter table billing.posting drop constraint posting_account_check;
  execute 'alter table billing.entry add constraint entry_reason_check '
    || replace(entry, 'ARRAY[', 'ARRAY[''CONTRACT_PAYMENT''::text, ');
  execute 'alter table billing.posting add constraint posting_account_check '
    || replace(posting, 'ARRAY[', 'ARRAY[''EQUIPMENT''::text, ''SALES_INCOME''::text, ');
end $$;
