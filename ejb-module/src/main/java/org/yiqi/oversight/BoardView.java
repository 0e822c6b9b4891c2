package org.yiqi.oversight;

import java.time.Instant;

/**
 * What a regulator should look at now.
 *
 * @param adverseRed adverse events near or past their time
 * @param casesOverdue cases whose answer, or whose decision's deadline, is overdue
 * @param mismatches open cases of the watch: rows that are not what the ledger says, and acts that it refused
 * @param recallsOpen recalls in force
 * @param recallsUnanswered recalls in force with notices whose time is over without receipt
 * @param recallsUnsigned recalls with units on hold whose acts are still to be signed, such as those that came later
 * @param casesJoint open cases on which authorities of several remits work
 * @param inspectionsOverdue inspections by sample that are past their day and not whole
 * @param licencesExpiring mandatory licences that end within 30 days, or have ended
 * @param redFlags open leads from the open data of procurement
 * @param maintenanceOverdue planned maintenance whose tolerance is over
 */
public record BoardView(
        Instant at,
        long adverseRed,
        long casesOverdue,
        long mismatches,
        long recallsOpen,
        long recallsUnanswered,
        long recallsUnsigned,
        long casesJoint,
        long inspectionsOverdue,
        long licencesExpiring,
        long redFlags,
        long maintenanceOverdue) {}
