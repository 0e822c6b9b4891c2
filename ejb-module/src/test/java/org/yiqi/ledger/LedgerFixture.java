package org.yiqi.ledger;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.yiqi.contract.ActSignature;
import org.yiqi.contract.SignedAct;
import org.yiqi.shared.TestDatabase;
import org.yiqi.shared.TestServices;
import org.yiqi.shared.tenancy.Scope;

/** The ledger on a real database, as the container would put it together. */
public final class LedgerFixture {

    static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    final TestDatabase db;
    final KeyStore keys = new KeyStore(KEY, Optional.empty());
    final ActWriter writer;
    private final Clock clock;

    LedgerFixture() {
        this(TestDatabase.get());
        addFounders();
    }

    /** Who founds a ledger, if nobody did on this database before. */
    public LedgerFixture addFounders() {
        try {
            db.inScope(Scope.SYSTEM, c -> {
                try (var s = c.createStatement();
                        var rs = s.executeQuery(
                                "select count(*) from organisation.organisation where kind in ('PLATFORM', 'REGULATOR')")) {
                    rs.next();
                    if (rs.getInt(1) == 0) {
                        db.organisation("PLATFORM");
                        db.organisation("REGULATOR");
                    }
                    return null;
                }
            });
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return this;
    }

    /** On a database that has its own organisations. */
    public LedgerFixture(TestDatabase db) {
        this(db, Clock.systemUTC());
    }

    /** With a clock that a test moves. */
    public LedgerFixture(TestDatabase db, Clock clock) {
        this.db = db;
        this.clock = clock;
        this.writer = new ActWriter(keys, clock, queued -> {});
    }

    /** Lets services write to this ledger. */
    public TestServices wire(TestServices services) {
        return services.with(ActWriter.class, writer).with(KeyStore.class, keys);
    }

    /** Lets bids be stamped by an authority that others run. */
    public static TestServices timeFrom(TestServices services, URI authority) {
        return services.with(RemoteTime.class, new RemoteTime(Optional.of(authority.toString())));
    }

    /** Lets services of other areas propose and sign real acts. */
    public static TestServices into(TestServices services, Path dataDir) {
        recordAll(dataDir);
        return services.with(
                ActWriter.class, new ActWriter(new KeyStore(KEY, Optional.empty()), services.clock(), queued -> {}));
    }

    /** Records everything that waits in the outbox. */
    public static void recordAll(Path dataDir) {
        try {
            new LedgerFixture().relayAll(dataDir);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public HistoryImport historyImport() {
        return new HistoryImport(keys, writer, new RemoteTime(Optional.empty()), clock);
    }

    Relay relay(Path dataDir) {
        return new LocalRelay(db.as("worker"), keys, clock, new HeadFile(dataDir));
    }

    /** Runs a relay until the outbox is empty. */
    public void relayAll(Path dataDir) throws SQLException {
        try (Relay relay = relay(dataDir)) {
            relay.leads();
            Relay.Progress progress;
            do {
                progress = relay.run();
            } while (progress.full());
        }
    }

    /** Writes an act with the signatures of all whom it binds. */
    UUID write(NewAct wanted) throws SQLException {
        return db.inScope(Scope.SYSTEM, c -> write(c, wanted));
    }

    UUID write(Connection c, NewAct wanted) throws SQLException {
        ActWriter.Draft draft = writer.draft(c, wanted);
        List<ActSignature> signatures = new ArrayList<>();
        for (UUID signer : draft.signers()) {
            signatures.add(writer.sign(c, signer, null, draft.act()).orElseThrow());
        }
        writer.insert(c, new SignedAct(draft.act(), signatures), Set.of(), wanted.reference(), null);
        return draft.act().id();
    }

    /** Writes an act that only some have signed. */
    UUID propose(NewAct wanted, UUID... signers) throws SQLException {
        return db.inScope(Scope.SYSTEM, c -> {
            ActWriter.Draft draft = writer.draft(c, wanted);
            Set<UUID> missing = new HashSet<>(draft.signers());
            List<ActSignature> signatures = new ArrayList<>();
            for (UUID signer : signers) {
                signatures.add(writer.sign(c, signer, null, draft.act()).orElseThrow());
                missing.remove(signer);
            }
            writer.insert(c, new SignedAct(draft.act(), signatures), missing, wanted.reference(), null);
            return draft.act().id();
        });
    }

    ActView act(UUID id) throws SQLException {
        return db.inScope(Scope.SYSTEM, c -> ActStore.find(c, id).orElseThrow());
    }

    /** What a database administrator does behind the application's back. */
    int behindTheBack(String sql, Object... values) throws SQLException {
        try (Connection c = db.administrator();
                var s = c.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                s.setObject(i + 1, values[i]);
            }
            return s.executeUpdate();
        }
    }

    /** One value, as the database administrator sees it. */
    Object value(String sql) throws SQLException {
        try (Connection c = db.administrator();
                var s = c.createStatement();
                var rs = s.executeQuery(sql)) {
            rs.next();
            return rs.getObject(1);
        }
    }

    static Instant now() {
        return Instant.now();
    }
}
