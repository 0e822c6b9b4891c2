package org.yiqi.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.SignedHead;
import org.yiqi.ledger.fabric.FabricChannel;

/** Reads the channel's blocks into the {@link Projection} for as long as its relay leads. */
final class BlockListener implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(BlockListener.class.getName());
    private static final long SECONDS_BEFORE_TRYING_AGAIN = 1;

    private final FabricChannel channel;
    private final DataSource database;
    private final Projection projection;
    private final HeadFile file;
    private final Runnable wake;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger recorded = new AtomicInteger();
    private final AtomicInteger rejected = new AtomicInteger();
    private volatile FabricChannel.@Nullable Blocks blocks;
    private volatile @Nullable String problem;
    private long inFile;

    BlockListener(FabricChannel channel, DataSource database, Projection projection, HeadFile file, Runnable wake) {
        this.channel = channel;
        this.database = database;
        this.projection = projection;
        this.file = file;
        this.wake = wake;
    }

    void start(ThreadFactory threads) {
        Thread thread = threads.newThread(this::loop);
        thread.setName("yiqi-blocks");
        thread.start();
    }

    /** Why no block has been read lately, or null. */
    @Nullable
    String problem() {
        return problem;
    }

    /** How many acts were recorded since this was last asked. */
    int recorded() {
        return recorded.getAndSet(0);
    }

    /** How many acts were refused since this was last asked. */
    int rejected() {
        return rejected.getAndSet(0);
    }

    private void loop() {
        while (closed.getCount() > 0) {
            try (Connection c = database.getConnection()) {
                c.setAutoCommit(false);
                inFile = file.open();
                catchUpFile(c);
                read(c);
            } catch (Leadership.Superseded e) {
                return;
            } catch (SQLException | RuntimeException e) {
                if (closed.getCount() > 0) {
                    failed(e);
                }
            }
        }
    }

    private void read(Connection c) throws SQLException {
        try (FabricChannel.Blocks stream = channel.blocksFrom(projection.begin(c))) {
            blocks = stream;
            while (closed.getCount() > 0) {
                Projection.Progress progress = projection.read(c, stream.next());
                problem = null;
                recorded.addAndGet(progress.recorded());
                rejected.addAndGet(progress.rejected());
                if (progress.recorded() > 0) {
                    catchUpFile(c);
                }
                wake.run();
            }
        } finally {
            blocks = null;
        }
    }

    private void failed(Exception e) {
        String text = String.valueOf(e.getMessage());
        // Said once; a peer that is away for an hour must not fill the log.
        Level level = text.equals(problem) ? Level.FINE : Level.WARNING;
        LOG.log(level, "The channel's blocks cannot be read; trying again", e);
        problem = text;
        wake.run();
        try {
            if (closed.await(SECONDS_BEFORE_TRYING_AGAIN, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException interrupted) {
            closed.countDown();
            Thread.currentThread().interrupt();
        }
    }

    /** The heads in the file outside the database, see {@link HeadFile}. */
    private void catchUpFile(Connection c) throws SQLException {
        var missing = Journal.headsAfter(c, inFile);
        c.rollback();
        file.append(missing);
        for (SignedHead head : missing) {
            inFile = head.position();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        FabricChannel.Blocks waiting = blocks;
        if (waiting != null) {
            waiting.close();
        }
    }
}
