package org.yiqi.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.yiqi.contract.NetworkBundle;
import org.yiqi.contract.NetworkBundleCheck;
import org.yiqi.ledger.EvidenceRun;
import org.yiqi.ledger.LedgerRun;
import org.yiqi.shared.Ids;
import org.yiqi.shared.db.Migrations;
import org.yiqi.standalone.DataFolder;
import org.yiqi.standalone.Steps;
import org.yiqi.standalone.Surroundings;
import org.yiqi.standalone.fabric.FabricNetwork;
import org.yiqi.standalone.fabric.Ordering;

/**
 * Acts and evidence on their way to a real channel of four organisations, all on one network in one run. The reference is
 * the naive way: one act, one transaction, once by many clients at once and once by the product's own relay. Acts are
 * signed beforehand; what counts is the way from the outbox to the row that says <em>recorded</em>.
 */
final class LedgerRate implements Benchmark {

    /** As {@code yiqi.fabric.batch} is unless set. */
    private static final int LARGEST_BATCH = 500;

    private static final int CLIENTS = 32;
    private static final int SINGLE_ACTS = 600;
    private static final int ACTS = 6_000;
    private static final int LONE_ACTS = 20;
    private static final int FLOW_PER_SECOND = 50;
    private static final int FLOW_ACTS = 10 * FLOW_PER_SECOND;
    private static final int LEAVES = 1_000_000;
    /** Three values a second. */
    private static final int READINGS_OF_AN_HOUR = 3 * 3_600;

    private static final int CHECKS = 200;

    private static final double TIMES_SINGLE = 10;
    private static final double TIMES_SINGLE_FOR_LEAVES = 50;
    private static final double MILLIS_BEYOND_LONE = 1_000;
    private static final int BUNDLE_BYTES = 30_000;
    private static final int READING_BYTES = 3_000;
    private static final double CHECK_MILLIS = 15;
    private static final double WALK_SECONDS = 60;

    @Override
    public String name() {
        return "ledger";
    }

    @Override
    public List<Figure> run(Workplace workplace) throws Exception {
        Path data = workplace.folder("data");
        Steps steps = new Steps(System.out);
        try (Surroundings surroundings = Surroundings.start(workplace.home(), data.resolve("ledger"), 15600);
                DataFolder folder = DataFolder.open(data.resolve("ledger-network"), true);
                FabricNetwork network = FabricNetwork.up(
                        workplace.home(),
                        folder,
                        Ordering.RAFT1,
                        15700,
                        FabricNetwork.contractOf(workplace.home()),
                        steps)) {
            Map<String, String> settings = surroundings.settings(false);
            Migrations.run(
                    settings.getOrDefault("yiqi.db.url", ""),
                    settings.getOrDefault("yiqi.db.owner.user", ""),
                    settings.getOrDefault("yiqi.db.owner.password", ""));
            UUID hospital;
            try (Connection c = surroundings.administrator()) {
                organisation(c, "PLATFORM");
                organisation(c, "REGULATOR");
                hospital = organisation(c, "HOSPITAL");
            }
            try (LedgerRun ledger = new LedgerRun(settings, network.networkFile(), hospital, LARGEST_BATCH)) {
                List<Figure> figures = new ArrayList<>();
                // Contract processes run for months: each way has a turn before it is measured.
                ledger.oneByOne(SINGLE_ACTS, CLIENTS);
                double single = ledger.oneByOne(SINGLE_ACTS, CLIENTS);
                figures.addAll(acts(ledger, single));
                figures.add(delay(ledger));
                EvidenceRun evidence = new EvidenceRun(ledger);
                figures.addAll(evidence(surroundings, evidence, single));
                figures.addAll(proof(ledger, evidence));
                return figures;
            }
        }
    }

    private static List<Figure> acts(LedgerRun ledger, double single) throws SQLException {
        double relayedSingly = ledger.relayedOneByOne();
        ledger.relayed(ACTS);
        double batched = ledger.relayed(ACTS);
        return List.of(
                times(
                        "acts/s, many in a transaction / one each, " + CLIENTS + " clients",
                        batched,
                        single,
                        TIMES_SINGLE),
                times("acts/s, many in a transaction / one each, same relay", batched, relayedSingly, TIMES_SINGLE));
    }

    private static Figure times(String what, double measured, double reference, double bar) {
        double ratio = measured / reference;
        return new Figure(
                what,
                Figure.perSecond(measured),
                Figure.perSecond(reference),
                ratio,
                String.format(Locale.ROOT, "at least %.0f", bar),
                ratio >= bar);
    }

    private static Figure delay(LedgerRun ledger) throws SQLException {
        double lone = ledger.loneMillis(LONE_ACTS);
        double flow = ledger.flowMillis(FLOW_ACTS, FLOW_PER_SECOND);
        return new Figure(
                "commit to recorded, p95 at " + FLOW_PER_SECOND + "/s / a lone transaction",
                Figure.millis(flow),
                Figure.millis(lone),
                flow / lone,
                "at most 1 s more",
                flow - lone <= MILLIS_BEYOND_LONE);
    }

    private static List<Figure> evidence(Surroundings surroundings, EvidenceRun evidence, double single)
            throws SQLException {
        try (Connection c = surroundings.administrator();
                Statement s = c.createStatement()) {
            s.execute(ENTRIES.formatted(LEAVES));
            double anchored = evidence.anchored(LEAVES);
            // Autovacuum does it in a log that took years to become as large.
            s.execute("vacuum analyze");
            double walk = evidence.verified(LEAVES);
            return List.of(
                    times("evidence leaves/s anchored / acts one each", anchored, single, TIMES_SINGLE_FOR_LEAVES),
                    new Figure(
                            "a million leaves verified again / taken in",
                            Figure.seconds(walk),
                            Figure.seconds(LEAVES / anchored),
                            walk * anchored / LEAVES,
                            "at most 60 s",
                            walk <= WALK_SECONDS));
        }
    }

    /** Entries of the audit log as the application writes them, made by the database itself. */
    private static final String ENTRIES = """
            insert into audit.entry(at, action, subject, details, salt, leaf)
            select at, 'test.done', 'subject ' || n, jsonb_build_object('n', n::text), salt,
              sha256('\\x00'::bytea || salt || convert_to('{"action":"test.done","at":"'
                || to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') || '","details":{"n":"' || n
                || '"},"org":"","person":"","subject":"subject ' || n || '"}', 'UTF8'))
            from (select n, date_trunc('second', now()) at, sha256(n::text::bytea) salt
              from generate_series(1, %d) n) e""";

    private static List<Figure> proof(LedgerRun ledger, EvidenceRun evidence) throws SQLException, IOException {
        NetworkBundle bundle = ledger.bundle();
        String json = bundle.json();
        int size = zipped(json);
        int reading = evidence.bytesOfReading(READINGS_OF_AN_HOUR);
        NetworkBundleCheck.Trust trust = ledger.trust(bundle);
        List<Double> checks = new ArrayList<>();
        for (int i = 0; i < CHECKS; i++) {
            long began = System.nanoTime();
            if (!NetworkBundleCheck.run(NetworkBundle.parse(json), trust).holds()) {
                throw new IllegalStateException("the bundle does not hold");
            }
            checks.add((System.nanoTime() - began) / 1e6);
        }
        double first = checks.get(0);
        Collections.sort(checks);
        double warm = checks.get(CHECKS / 2);
        return List.of(
                new Figure(
                        "bundle of one act with receipts, zipped / as JSON",
                        bytes(size),
                        bytes(json.length()),
                        (double) size / json.length(),
                        "at most 30 kB",
                        size <= BUNDLE_BYTES),
                new Figure(
                        "a reading with its path / the bundle of its anchor",
                        bytes(reading),
                        bytes(size),
                        (double) reading / size,
                        "at most 3 kB",
                        reading <= READING_BYTES),
                new Figure(
                        "a bundle checked offline, warm / the first time",
                        Figure.millis(warm),
                        Figure.millis(first),
                        warm / first,
                        "at most 15 ms",
                        warm <= CHECK_MILLIS));
    }

    private static int zipped(String json) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("bundle.json"));
            zip.write(json.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        return bytes.size();
    }

    private static String bytes(int value) {
        return String.format(Locale.ROOT, "%.1f kB", value / 1e3);
    }

    private static UUID organisation(Connection c, String kind) throws SQLException {
        UUID id = Ids.next();
        try (PreparedStatement s = c.prepareStatement("""
                insert into organisation.organisation(id, kind, name_zh, name_en, credit_code, region_code, remit, status, created_at)
                values (?, ?, ?, ?, ?, '330100', case when ? = 'REGULATOR' then 'HEALTH' end, 'APPROVED', now())""")) {
            s.setObject(1, id);
            s.setString(2, kind);
            s.setString(3, kind);
            s.setString(4, kind);
            s.setString(5, id.toString());
            s.setString(6, kind);
            s.executeUpdate();
        }
        return id;
    }
}
