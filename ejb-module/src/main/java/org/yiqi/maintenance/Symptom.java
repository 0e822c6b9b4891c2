package org.yiqi.maintenance;

/** What a person at the device sees; the choice is short on purpose, the words come after it. */
public enum Symptom {
    NO_POWER,
    ERROR_MESSAGE,
    WRONG_RESULT,
    ALARM,
    OVERHEATING,
    NOISE,
    LEAK,
    MECHANICAL,
    NETWORK,
    ELECTRIC_SHOCK,
    OTHER;

    /** Whoever chooses this means that somebody can come to harm, whether or not the box is ticked. */
    public boolean isDangerous() {
        return this == ELECTRIC_SHOCK;
    }
}
