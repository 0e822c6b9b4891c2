package org.yiqi.equipment;

import org.yiqi.shared.Ids;

/** Trade item numbers that nobody else in the tests uses. */
final class UdiNumbers {

    private UdiNumbers() {}

    static String gtin() {
        String digits = String.format("0%012d", Ids.next().getLeastSignificantBits() >>> 30 & 0xFFFFFFFFFL);
        int sum = 0;
        for (int i = 0; i < 13; i++) {
            sum += (digits.charAt(i) - '0') * (i % 2 == 0 ? 3 : 1);
        }
        return digits + (10 - sum % 10) % 10;
    }
}
