package org.yiqi.equipment.udi;

/** The text is not a device identifier, or one whose check character or date is wrong. */
public final class UdiRefused extends IllegalArgumentException {

    private final String code;

    UdiRefused(String code, String message) {
        super(message);
        this.code = code;
    }

    /** A stable code such as {@code equipment.udi-check-digit}. */
    public String code() {
        return code;
    }

    static UdiRefused format(String message) {
        return new UdiRefused("equipment.udi-format", message);
    }

    static UdiRefused checkDigit(String message) {
        return new UdiRefused("equipment.udi-check-digit", message);
    }

    static UdiRefused date(String message) {
        return new UdiRefused("equipment.udi-date", message);
    }
}
