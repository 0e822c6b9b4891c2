package org.yiqi.equipment;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.yiqi.equipment.gudid.CountingStream;
import org.yiqi.equipment.gudid.GudidReader;
import org.yiqi.equipment.gudid.UnreadableFile;
import org.yiqi.equipment.table.TableReader;
import org.yiqi.equipment.table.UnreadableTable;

/**
 * Reads files in the background, batch by batch: memory does not grow with the file. Started by the person who uploads, and
 * runs as that person, so that units are registered and acts signed in the right name.
 */
@ApplicationScoped
public class ImportRunner {

    private static final Logger LOG = Logger.getLogger(ImportRunner.class.getName());
    private static final int BATCH = 1000;
    private static final int UNITS_AT_ONCE = 50;

    @Resource
    ManagedExecutorService executor;

    @Inject
    ImportStore store;

    @Inject
    Imports imports;

    @Inject
    UnitRows unitRows;

    @Inject
    @ConfigProperty(name = "yiqi.data.dir")
    String dataDir;

    void queued(@Observes(during = TransactionPhase.AFTER_SUCCESS) ImportQueued event) {
        executor.execute(() -> run(event.importId()));
    }

    void run(UUID id) {
        Path file = Imports.file(dataDir, id);
        try {
            store.begin(id);
            read(imports.get(id), file);
            store.end(id, ImportState.DONE, "");
        } catch (UnreadableFile e) {
            store.end(id, ImportState.FAILED, "Line " + e.line() + ": " + e.getMessage());
        } catch (UnreadableTable e) {
            store.end(id, ImportState.FAILED, String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.SEVERE, e, () -> "import " + id);
            store.end(id, ImportState.FAILED, "The import stopped; the log names it by its id.");
        } finally {
            delete(file);
        }
    }

    private void read(ImportView job, Path file) throws IOException {
        switch (job.kind()) {
            case MODELS_GUDID -> gudid(job.id(), file);
            case MODELS_CSV -> models(job.id(), file);
            case UNITS -> units(job.id(), file);
        }
    }

    private void gudid(UUID id, Path file) throws IOException {
        UUID org = unitRows.orgId();
        try (InputStream raw = Files.newInputStream(file)) {
            CountingStream counted = new CountingStream(raw);
            Batch batch = new Batch(id, org);
            new GudidReader(
                            device -> batch.add(CatalogueRow.of(device), counted.taken()),
                            e -> batch.refuse(
                                    new ImportError(e.line(), e.key(), e.code(), e.message()), counted.taken()))
                    .read(new BufferedInputStream(counted, 1 << 16));
            batch.flush(counted.taken());
        }
    }

    private void models(UUID id, Path file) throws IOException {
        Batch batch = new Batch(id, unitRows.orgId());
        new TableReader(row -> {
                    try {
                        batch.add(ModelRows.read(row), 0);
                    } catch (RefusedRow e) {
                        batch.refuse(e.error(), 0);
                    }
                })
                .read(file);
        batch.flush(Files.size(file));
    }

    private void units(UUID id, Path file) throws IOException {
        List<ImportError> errors = new ArrayList<>();
        int[] counts = new int[3];
        new TableReader(row -> {
                    try {
                        counts[unitRows.register(row) ? 1 : 2]++;
                    } catch (RefusedRow e) {
                        errors.add(e.error());
                    }
                    counts[0]++;
                    if (counts[0] % UNITS_AT_ONCE == 0) {
                        flush(id, counts, errors, 0);
                    }
                })
                .read(file);
        flush(id, counts, errors, Files.size(file));
    }

    private void flush(UUID id, int[] counts, List<ImportError> errors, long readBytes) {
        int read = counts[1] + counts[2] + errors.size();
        store.units(id, new ImportStore.Outcome(read, counts[1], 0, counts[2]), errors, readBytes);
        counts[1] = 0;
        counts[2] = 0;
        errors.clear();
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.log(Level.WARNING, e, () -> "could not delete " + file);
        }
    }

    /** Collects models until there are enough for one transaction. */
    private final class Batch {

        private final UUID id;
        private final UUID org;
        private final List<CatalogueRow> rows = new ArrayList<>();
        private final List<ImportError> errors = new ArrayList<>();

        Batch(UUID id, UUID org) {
            this.id = id;
            this.org = org;
        }

        void add(CatalogueRow row, long readBytes) {
            rows.add(row);
            flushIfFull(readBytes);
        }

        void refuse(ImportError error, long readBytes) {
            errors.add(error);
            flushIfFull(readBytes);
        }

        private void flushIfFull(long readBytes) {
            if (rows.size() + errors.size() >= BATCH) {
                flush(readBytes);
            }
        }

        void flush(long readBytes) {
            store.models(id, org, rows, errors, readBytes);
            rows.clear();
            errors.clear();
        }
    }
}
