package org.yiqi.contract;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What part of a damage an organisation bears, as an exact fraction: three thirds are one, 33 % three times is not.
 *
 * @param numerator at least 1
 * @param denominator at least the numerator; the fraction is in its lowest terms
 */
public record Share(UUID org, long numerator, long denominator) {

    private static final Pattern FRACTION = Pattern.compile("([1-9][0-9]{0,8})/([1-9][0-9]{0,8})");

    static List<Share> of(Fields body, String name) {
        return body.objects(name, tree -> {
            Fields fields = Fields.of(tree, Set.of("org", "share"));
            return of(fields.uuid("org"), fields.text("share"));
        });
    }

    /** @param fraction such as {@code 2/3} */
    public static Share of(UUID org, String fraction) {
        Matcher matcher = FRACTION.matcher(fraction);
        if (!matcher.matches()) {
            throw new MalformedAct("a share is a fraction such as 2/3");
        }
        Share share = new Share(org, Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
        BigInteger common = BigInteger.valueOf(share.numerator).gcd(BigInteger.valueOf(share.denominator));
        if (!common.equals(BigInteger.ONE) || share.numerator > share.denominator) {
            throw new MalformedAct("a share is in its lowest terms and at most one");
        }
        return share;
    }

    /** Whether together they are exactly one. */
    static boolean sumToOne(List<Share> shares) {
        BigInteger numerator = BigInteger.ZERO;
        BigInteger denominator = BigInteger.ONE;
        for (Share share : shares) {
            BigInteger d = BigInteger.valueOf(share.denominator);
            numerator = numerator
                    .multiply(d)
                    .add(BigInteger.valueOf(share.numerator).multiply(denominator));
            denominator = denominator.multiply(d);
        }
        return numerator.equals(denominator);
    }

    Map<String, Object> tree() {
        return Map.of("org", org.toString(), "share", fraction());
    }

    /** Such as {@code 2/3}. */
    public String fraction() {
        return numerator + "/" + denominator;
    }
}
