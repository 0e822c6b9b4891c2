package org.yiqi.standalone;

import org.jspecify.annotations.Nullable;

/**
 * The ledger that the acts of a data folder are on. It is asked before the application starts, which would refuse the wrong
 * one too, but only in its log.
 *
 * @param channel whether they are on a Fabric channel
 * @param hash of the last line of the local ledger's journal; empty if there is none
 * @param acts how many that journal holds
 */
record KeptLedger(boolean channel, String hash, String acts) {

    static KeptLedger of(Database database) {
        if (database.ask("SELECT to_regclass('ledger.checkpoint') IS NULL").equals("t")) {
            return new KeptLedger(false, "", "0");
        }
        return new KeptLedger(
                database.ask("SELECT EXISTS (SELECT 1 FROM ledger.checkpoint)").equals("t"),
                database.ask("SELECT coalesce((SELECT hash FROM ledger.journal ORDER BY position DESC LIMIT 1), '')"),
                database.ask("SELECT count(act_id) FROM ledger.journal"));
    }

    /** @throws StartupProblem if this is not the ledger that was asked for */
    void require(boolean fabric, @Nullable String growFrom) {
        if (!fabric && growFrom != null) {
            throw new StartupProblem("A local ledger grows up onto a network: --grow-from goes with --fabric.");
        }
        if (!fabric && channel) {
            throw new StartupProblem("The acts in this folder are on a Fabric channel: start with --fabric.");
        }
        if (!fabric || channel || hash.isEmpty()) {
            return;
        }
        String end = "The acts in this folder are on a local ledger, whose journal ends with " + hash + " after " + acts
                + " acts.";
        if (growFrom == null) {
            throw new StartupProblem(end + System.lineSeparator()
                    + "Start without --fabric to stay on it. To let it grow up onto the network, see docs/fabric.md, then"
                    + " start with --fabric --grow-from " + hash);
        }
        if (!growFrom.equals(hash)) {
            throw new StartupProblem(end + System.lineSeparator() + "--grow-from names another hash, " + growFrom
                    + ": nothing was changed.");
        }
    }
}
