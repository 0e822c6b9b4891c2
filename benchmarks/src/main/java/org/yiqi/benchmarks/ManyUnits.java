package org.yiqi.benchmarks;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Fills a migrated, otherwise empty database with a province: hospitals with many units, a work order, a rental, a statement
 * and an alert for each, and what hangs on them. Made by the database itself, so that a hundred thousand of each take
 * seconds. The connection is a superuser's, whom row-level security lets through.
 *
 * <p>There are neither acts nor audit entries: a running platform would find that no ledger and no log holds them.
 *
 * <p>Hospital 0 owns fifteen in a hundred units, as a 300-bed hospital does; the others share the rest.
 */
public final class ManyUnits {

    private static final String HOSPITAL =
            "md5('org' || case when i % 100 < 15 then 0 else 1 + i % (:orgs - 1) end)::uuid";
    private static final String LESSEE = "md5('org' || (1 + (i * 7 + 3) % (:orgs - 1)))::uuid";

    private static final List<String> SCRIPT = List.of(
            "set session_replication_role = replica",
            """
            insert into organisation.organisation(id, kind, name_zh, name_en, credit_code, region_code, status, created_at)
            select md5('org' || i)::uuid, case when i < :orgs * 9 / 10 then 'HOSPITAL' else 'SERVICE' end, '第' || i || '人民医院',
              'Hospital ' || i, 'MANY' || lpad(i::text, 14, '0'), '33' || lpad((i % 90)::text, 4, '0'), 'APPROVED', now() - i * interval '1 hour'
            from generate_series(0, :orgs - 1) i""",
            """
            insert into organisation.person(id, username, name, password_hash, created_at)
            select md5('person' || i)::uuid, 'many' || i, '张' || i, '', now() - i * interval '1 minute' from generate_series(0, :orgs * 40 - 1) i""",
            """
            insert into organisation.membership(person_id, org_id, department, roles, since)
            select md5('person' || i)::uuid, md5('org' || i % :orgs)::uuid, '设备科', array['EQUIPMENT'], now() - i * interval '1 minute'
            from generate_series(0, :orgs * 40 - 1) i""",
            """
            insert into organisation.review(id, org_id, kind, status, submitted_by, submitted_at)
            select md5('review' || i)::uuid, md5('org' || i % :orgs)::uuid, 'INITIAL', 'APPROVED', md5('person' || i)::uuid, now() - i * interval '1 hour'
            from generate_series(0, :orgs * 10 - 1) i""",
            """
            insert into equipment.model(id, issuer, device_identifier, name_zh, name_en, manufacturer, model_number, category,
              device_class, source, created_at, updated_at)
            select md5('model' || i)::uuid, 'GS1', lpad(i::text, 14, '0'),
              (array['超导磁共振成像系统','螺旋 CT','彩色多普勒超声','治疗呼吸机','输液泵','多参数监护仪','数字化 X 射线摄影系统','除颤监护仪'])[1 + i % 8] || ' ' || i,
              (array['MRI system','CT scanner','Doppler ultrasound','Ventilator','Infusion pump','Patient monitor','Radiography system','Defibrillator'])[1 + i % 8] || ' ' || i,
              '医疗设备公司 ' || i % 50, 'M-' || i,
              (array['MRI','CT','ULTRASOUND','VENTILATOR','INFUSION_PUMP','MONITOR','XRAY','DEFIBRILLATOR'])[1 + i % 8], 'II', 'GUDID',
              now() - i * interval '1 second', now() - i * interval '1 second'
            from generate_series(0, :n / 2 - 1) i""",
            """
            insert into equipment.unit(id, model_id, owner_id, custodian_id, maintainer_id, department, serial, udi, asset_tag, label_code,
              status, condition, criticality, region_code, site, search_text, created_at, updated_at)
            select md5('unit' || i)::uuid, m.id, :hospital, :hospital, md5('org' || (:orgs - 1 - i % (:orgs / 10)))::uuid, d.name,
              'SN' || i * 7919 % 1000003 || '-' || i, '', 'TAG-' || lpad(i::text, 7, '0'), lpad(upper(to_hex(i)), 12, '0') || '0',
              (array['AVAILABLE','AVAILABLE','AVAILABLE','AVAILABLE','AVAILABLE','IN_USE','MAINTENANCE','QUARANTINED'])[1 + i % 8],
              'GOOD', 'MEDIUM', '330100', '解放路 ' || i % 300 || ' 号',
              lower('TAG-' || lpad(i::text, 7, '0') || ' SN' || i * 7919 % 1000003 || '-' || i || ' ' || m.name_zh || ' ' || m.name_en || ' '
                || m.manufacturer || ' ' || m.model_number || ' ' || m.device_identifier || ' ' || d.name || ' 解放路 ' || i % 300 || ' 号'),
              now() - i * interval '1 minute', now() - (i * 37 % :n) * interval '1 minute'
            from generate_series(0, :n - 1) i join equipment.model m on m.id = md5('model' || i % 2000)::uuid,
              lateral (select (array['影像科','急诊科','重症医学科','手术室','内科'])[1 + i % 5] as name) d""",
            """
            insert into equipment.custody(id, unit_id, org_id, from_at, act_id)
            select md5('custody' || i)::uuid, md5('unit' || i)::uuid, :hospital, now() - interval '2 years', md5('act' || i)::uuid
            from generate_series(0, :n - 1) i""",
            """
            insert into equipment.guest(unit_id, org_id, reference_id, shown_by, since)
            select md5('unit' || i)::uuid, :lessee, md5('rental' || i)::uuid, :hospital, now() from generate_series(0, :n - 1, 50) i""",
            """
            insert into rental.tariff(id, owner_org, name, revision, currency, base, deposit, created_at)
            select md5('tariff' || i)::uuid, md5('org' || i)::uuid, '日租', 1, 'CNY', 10000, 0, now() from generate_series(0, :orgs - 1) i""",
            """
            insert into rental.offer(id, owner_org, owner_zh, owner_en, unit_id, unit_zh, unit_en, category, capability, region_code, tariff_id,
              state, open_minute, close_minute, buffer_before, buffer_after, notice_hours, transport, transport_fee, transport_per_km, created_at)
            select md5('offer' || i)::uuid, :hospital, '第' || i || '人民医院', 'Hospital ' || i, md5('unit' || i)::uuid, '呼吸机 ' || i, 'Ventilator ' || i,
              'VENTILATOR', '', '330100', md5('tariff' || i % :orgs)::uuid, case when i % 4 = 0 then 'PAUSED' else 'PUBLISHED' end, 0, 1440, 0, 0, 24,
              'CARRIER', 0, 0, now() - i * interval '1 minute' from generate_series(0, :n / 5 - 1) i""",
            """
            insert into rental.offer_window(offer_id, from_at, to_at)
            select md5('offer' || i)::uuid, now() - interval '30 days', now() + interval '300 days' from generate_series(0, :n / 5 - 1) i""",
            """
            insert into rental.rental(id, number, state, offer_id, tariff_id, unit_id, unit_zh, unit_en, owner_org, owner_zh, owner_en, lessee_org,
              lessee_zh, lessee_en, applicant, from_at, to_at, reserved_from, reserved_to, place, purpose, planned_uses, transport_cost, quoted,
              currency, created_at, submitted_at)
            select md5('rental' || i)::uuid, 'M-' || lpad(i::text, 7, '0'), case when i % 40 = 0 then 'ACTIVE' else 'CLOSED' end,
              md5('offer' || i % (:n / 5))::uuid, md5('tariff' || i % :orgs)::uuid, md5('unit' || i)::uuid, '呼吸机 ' || i, 'Ventilator ' || i, :hospital,
              '第' || i % :orgs || '人民医院', 'Hospital ' || i % :orgs, :lessee, '第' || (i * 7 + 3) % :orgs || '人民医院', 'Hospital ' || (i * 7 + 3) % :orgs,
              md5('person' || i)::uuid, now() - i * interval '5 minutes', now() - i * interval '5 minutes' + interval '7 days',
              now() - i * interval '5 minutes', now() - i * interval '5 minutes' + interval '7 days', '重症医学科 3 楼', '冬季高峰', 0, 0, 250000,
              'CNY', now() - i * interval '5 minutes', now() - i * interval '5 minutes' from generate_series(0, :n - 1) i
            where :hospital <> :lessee""",
            """
            insert into billing.statement(id, rental_id, rental_number, unit_zh, unit_en, owner_org, owner_zh, owner_en, lessee_org, lessee_zh,
              lessee_en, tariff_id, tariff_revision, from_at, to_at, uses, transport_cost, currency, total, state, created_at)
            select md5('statement' || r.number)::uuid, r.id, r.number, r.unit_zh, r.unit_en, r.owner_org, r.owner_zh, r.owner_en, r.lessee_org,
              r.lessee_zh, r.lessee_en, r.tariff_id, 1, r.from_at, r.to_at, 0, 0, 'CNY', r.quoted, 'PAID', r.to_at from rental.rental r where r.number like 'M-%'""",
            """
            insert into maintenance.work_order(id, number, kind, source, cause, unit_id, model_name, asset_tag, serial_number, place, region_code,
              owner_org, custodian_org, service_org, symptom, description, safety, severity, risk, downtime, state, since, requested_at)
            select md5('order' || i)::uuid, 'WO-M-' || lpad(i::text, 7, '0'), 'CORRECTIVE', 'PERSON', 'many:' || i, md5('unit' || i)::uuid, '呼吸机',
              'TAG-' || lpad(i::text, 7, '0'), 'SN' || i, '急诊科', '330100', :hospital, :hospital, md5('org' || (:orgs - 1 - i % (:orgs / 10)))::uuid,
              'ALARM', '潮气量报警反复出现', false, '', 3, 3, case when i % 50 = 0 then 'IN_PROGRESS' else 'CLOSED' end, now(),
              now() - i * interval '5 minutes' from generate_series(0, :n - 1) i""",
            """
            insert into telemetry.alert_episode(id, device_id, rule_id, rule_revision, severity, state, since, activated_at, announced_at, first_value,
              peak_value, last_value, updated_at)
            select md5('episode' || i)::uuid, md5('unit' || i)::uuid, '019e0000-0000-7000-8000-000000000001', 1, 'MAJOR',
              case when i % 50 = 0 then 'ACTIVE' else 'CLOSED' end, now() - i * interval '5 minutes', now(), now(), 1, 2, 1, now()
            from generate_series(0, :n - 1) i""",
            """
            insert into equipment.import(id, kind, state, org_id, person_id, file_name, total_bytes, created_at)
            select md5('import' || i)::uuid, 'UNITS', 'DONE', :hospital, md5('person' || i)::uuid, 'units.xlsx', 1000, now() - i * interval '1 hour'
            from generate_series(0, :n / 20 - 1) i""",
            """
            insert into maintenance.station(id, org_id, name_zh, name_en, region_code)
            select md5('station' || i)::uuid, md5('org' || (:orgs - 1 - i % (:orgs / 10)))::uuid, '备件库 ' || i, 'Store ' || i, '330100'
            from generate_series(0, :orgs - 1) i""",
            """
            insert into maintenance.part(id, org_id, number, name_zh, name_en, fits, price_minor)
            select md5('part' || i)::uuid, md5('org' || (:orgs - 1 - i % (:orgs / 10)))::uuid, 'P-' || i, '流量传感器 ' || i, 'Flow sensor ' || i, 'M-' || i,
              1000 from generate_series(0, :n / 5 - 1) i""",
            """
            insert into maintenance.stock(part_id, station_id, on_hand, minimum)
            select md5('part' || i)::uuid, md5('station' || i % :orgs)::uuid, i % 9, 2 from generate_series(0, :n / 5 - 1) i""",
            "set session_replication_role = origin");

    private ManyUnits() {}

    /**
     * @param units how many units, and of most other things as many
     * @param organisations how many share them; nine in ten are hospitals, the others repair
     */
    public static void fill(Connection superuser, int units, int organisations) throws SQLException {
        try (Statement s = superuser.createStatement()) {
            for (String step : SCRIPT) {
                s.execute(step.replace(":hospital", HOSPITAL)
                        .replace(":lessee", LESSEE)
                        .replace(":orgs", Integer.toString(organisations))
                        .replace(":n", Integer.toString(units)));
            }
            s.execute("vacuum analyze");
        }
    }
}
