package org.yiqi.standalone;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class KeptLedgerTest {

    private static final String HASH = "ab".repeat(32);
    private static final KeptLedger NONE = new KeptLedger(false, "", "0");
    private static final KeptLedger LOCAL = new KeptLedger(false, HASH, "17");
    private static final KeptLedger CHANNEL = new KeptLedger(true, HASH, "17");

    private static String refusal(KeptLedger kept, boolean fabric, String growFrom) {
        return assertThrows(StartupProblem.class, () -> kept.require(fabric, growFrom))
                .getMessage();
    }

    @Test
    void aLocalLedgerIsToldHowItGrowsUp() {
        String said = refusal(LOCAL, true, null);
        assertTrue(said.contains("ends with " + HASH + " after 17 acts"));
        assertTrue(said.endsWith("--fabric --grow-from " + HASH));
    }

    @Test
    void anotherHashChangesNothing() {
        assertTrue(refusal(LOCAL, true, "cd".repeat(32)).endsWith("nothing was changed."));
    }

    @Test
    void aChannelIsNotLeftForALocalLedger() {
        assertTrue(refusal(CHANNEL, false, null).endsWith("start with --fabric."));
        assertTrue(refusal(LOCAL, false, HASH).endsWith("--grow-from goes with --fabric."));
    }

    @Test
    void everythingElseStarts() {
        assertDoesNotThrow(() -> {
            NONE.require(false, null);
            NONE.require(true, null);
            LOCAL.require(false, null);
            LOCAL.require(true, HASH);
            CHANNEL.require(true, null);
            CHANNEL.require(true, HASH);
        });
    }
}
