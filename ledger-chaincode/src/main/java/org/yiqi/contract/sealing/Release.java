package org.yiqi.contract.sealing;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.math.ec.ECPoint;
import org.yiqi.contract.Fields;
import org.yiqi.contract.MalformedAct;

/**
 * One opener's share of one envelope's key, with the proof that it is the one that was dealt to it.
 *
 * @param index of the opener, from 1
 */
public record Release(int index, ECPoint point, Equality.Proof proof) {

    /**
     * With the private half of the opener's key. Whoever releases has checked the deal before: {@link Deal#holds}.
     *
     * @param key number of the opener's single-use key
     */
    public static Release of(SealContext context, Deal deal, int index, BigInteger key, SecureRandom random) {
        ECPoint own = context.openers().get(index - 1).point();
        if (key.signum() <= 0
                || key.compareTo(Curve.N) >= 0
                || !Curve.G.multiply(key).equals(own)) {
            throw new IllegalArgumentException("not this opener's key");
        }
        ECPoint share = deal.shares().get(index - 1).point();
        ECPoint point = share.multiply(key.modInverse(Curve.N)).normalize();
        return new Release(index, point, statement(context, deal, index, point).prove(key, random));
    }

    /** Whether this is the share that was dealt to this opener for this context: anyone can tell. */
    public boolean holds(SealContext context, Deal deal) {
        return index >= 1
                && index <= deal.shares().size()
                && index <= context.openers().size()
                && statement(context, deal, index, point).isProvedBy(proof);
    }

    private static Equality statement(SealContext context, Deal deal, int index, ECPoint point) {
        return new Equality(
                "release",
                deal.root(context),
                index,
                Curve.G,
                context.openers().get(index - 1).point(),
                point,
                deal.shares().get(index - 1).point());
    }

    public Map<String, Object> tree() {
        return Map.of(
                "index", Integer.toString(index), "point", Curve.base64(Curve.encode(point)), "proof", proof.tree());
    }

    /** @throws MalformedAct for what no implementation of the protocol writes */
    public static Release read(Map<String, Object> tree) {
        Fields fields = Fields.of(tree, Set.of("index", "point", "proof"));
        long index = fields.number("index");
        if (index < 1 || index > Byte.MAX_VALUE) {
            throw new MalformedAct("no such opener");
        }
        return new Release(
                (int) index,
                Curve.decode(Curve.base64(fields.text("point"))),
                Equality.Proof.read(fields.object("proof")));
    }
}
