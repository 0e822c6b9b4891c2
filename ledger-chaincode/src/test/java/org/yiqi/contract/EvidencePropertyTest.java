package org.yiqi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class EvidencePropertyTest {

    private static final UUID LOG = new UUID(7, 7);

    @Property(tries = 40)
    void anAnchoredLogIsAsLongAsTheLongestThatCameInOrder(
            @ForAll @Size(max = 15) List<@LongRange(min = 0, max = 40) Long> sizes) {
        Consortium c = new Consortium();
        long longest = 0;
        for (long size : sizes) {
            Map<String, Object> body = Map.of("log", "audit", "root", "ab".repeat(32), "size", Long.toString(size));
            Act act = c.act(
                    "evidence.anchored", Subject.evidence(LOG), body, new Party(c.platform.id, PartyRole.PLATFORM));
            boolean recorded = c.record(act, c.platform).status() == Outcome.Status.RECORDED;
            assertEquals(size > longest, recorded);
            longest = Math.max(longest, size);
            assertEquals(
                    longest,
                    LedgerQueries.log(LOG, c.state).map(AnchoredLog::size).orElse(0L));
        }
    }
}
