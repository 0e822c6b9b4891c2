package org.yiqi.procurement;

/** The names of contracting processes, unique in the world by this publisher's prefix. */
final class Ocid {

    static final String PREFIX = "ocds-yiqi00-";
    private static final String AGAIN = "-R";

    private Ocid() {}

    static String ofPlan(String number) {
        return PREFIX + number;
    }

    /** What the ocid of a plan's second or later tender ends with. */
    static String again(long attempt) {
        return AGAIN + attempt;
    }

    /** The process that a tender's plan was published in. */
    static String planning(String ocid) {
        return ocid.replaceFirst(AGAIN + "[0-9]+$", "");
    }
}
