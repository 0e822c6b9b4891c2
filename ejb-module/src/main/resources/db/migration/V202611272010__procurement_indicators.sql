-- What the indicators of red flags are told, by the names of Cardinal's settings file; what is not here is as Cardinal has it. The
-- settings of a day are, name by name, the latest that are not after it.
create table procurement.red_flag_setting (
  name text not null check (name ~ '^[A-Za-z0-9_.]{1,100}$'),
  from_day date not null,
  value text not null check (length(value) between 1 and 200),
  source text not null,
  primary key (name, from_day)
);
insert into procurement.red_flag_setting values
  ('R003.threshold', '2020-01-01', '15', 'Cardinal'),
  ('R025.percentile', '2020-01-01', '75', 'Cardinal'),
  ('R035.threshold', '2020-01-01', '1', 'Cardinal'),
  ('R038.minimum_submitted_bids', '2020-01-01', '2', 'Cardinal'),
  ('R038.minimum_contracting_processes', '2020-01-01', '2', 'Cardinal'),
  ('R048.digits', '2020-01-01', '2', 'Cardinal'),
  ('R048.minimum_contracting_processes', '2020-01-01', '20', 'Cardinal');
grant select on procurement.red_flag_setting to yiqi_app, yiqi_worker, yiqi_auditor;

-- Where our device classes stand in the first level of the national catalogue of devices.
create table procurement.item_class (
  category text primary key,
  scheme text not null,
  code text not null,
  name text not null
);
insert into procurement.item_class(category, scheme, code, name)
select v.category, 'NMPA-2017', v.code, v.name from (values
  ('SURGERY', '01', '有源手术器械'), ('RADIOTHERAPY', '05', '放射治疗器械'), ('MRI', '06', '医用成像器械'), ('CT', '06', '医用成像器械'),
  ('XRAY', '06', '医用成像器械'), ('ULTRASOUND', '06', '医用成像器械'), ('ENDOSCOPY', '06', '医用成像器械'),
  ('MONITOR', '07', '医用诊察和监护器械'), ('ECG', '07', '医用诊察和监护器械'), ('VENTILATOR', '08', '呼吸、麻醉和急救器械'),
  ('ANAESTHESIA', '08', '呼吸、麻醉和急救器械'), ('DEFIBRILLATOR', '08', '呼吸、麻醉和急救器械'),
  ('INCUBATOR', '08', '呼吸、麻醉和急救器械'), ('DIALYSIS', '10', '输血、透析和体外循环器械'), ('STERILISER', '11', '医疗器械消毒灭菌器械'),
  ('IMPLANT', '13', '无源植入器械'), ('INFUSION_PUMP', '14', '注输、护理和防护器械'), ('BED', '15', '患者承载器械'),
  ('DENTAL', '17', '口腔科器械'), ('LABORATORY', '22', '临床检验器械')) v(category, code, name);
grant select on procurement.item_class to yiqi_app, yiqi_worker, yiqi_auditor;
