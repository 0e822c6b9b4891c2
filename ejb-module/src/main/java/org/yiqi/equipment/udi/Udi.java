package org.yiqi.equipment.udi;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A unique device identifier taken apart: the model (device identifier) and, where the carrier names them, the
 * production data of the one unit.
 *
 * @param others what else the carrier says, by its own data identifier, e.g. {@code 240} for an additional product id
 */
public record Udi(
        UdiIssuer issuer,
        String deviceIdentifier,
        @Nullable String serial,
        @Nullable String lot,
        @Nullable LocalDate manufactured,
        @Nullable LocalDate expires,
        Map<String, String> others) {

    private static final int LONGEST = 400;

    public Udi {
        others = Map.copyOf(others);
    }

    /**
     * Reads what a scanner or a person enters: GS1 with or without parentheses, HIBCC, ICCBBA.
     *
     * @param today decides the century of two-digit years
     * @throws UdiRefused when it is none of these or one of its checks fails
     */
    public static Udi parse(String entered, LocalDate today) {
        if (entered.length() > LONGEST) {
            throw UdiRefused.format("A device identifier has at most " + LONGEST + " characters.");
        }
        // Chinese input methods type full-width parentheses.
        String text = entered.strip().replace('（', '(').replace('）', ')');
        if (text.isEmpty()) {
            throw UdiRefused.format("The text is empty.");
        }
        if (Hibcc.recognises(text)) {
            // A space at the end may be the check character.
            return new Hibcc(today).parse(entered.endsWith(" ") ? text + " " : text);
        }
        if (Iccbba.recognises(text)) {
            return Iccbba.parse(text);
        }
        return new Gs1(today).parse(text);
    }

    /**
     * Checks a bare device identifier as catalogues list it: a GTIN with its check digit, a HIBCC labeller code with
     * product and packaging level, an ICCBBA product code.
     *
     * @throws UdiRefused when it breaks its agency's rule
     */
    public static void checkDeviceIdentifier(UdiIssuer issuer, String identifier) {
        switch (issuer) {
            case GS1 -> Gs1.checkGtin(identifier);
            case HIBCC -> Hibcc.checkDeviceIdentifier(identifier);
            case ICCBBA -> Iccbba.checkDeviceIdentifier(identifier);
        }
    }
}
