package org.yiqi.oversight;

/**
 * Adverse events of one kind of harm and class of device that were known in a period, in figures.
 *
 * @param deviceClass I, II, III, or empty where the catalogue does not say
 * @param duties to notify and to report, of all of them
 * @param overdue duties without an answer whose time is over at the period's end
 */
public record OpenAdverseEvents(
        String harm,
        String deviceClass,
        long events,
        long duties,
        long inTime,
        long late,
        long overdue,
        long assessed) {}
