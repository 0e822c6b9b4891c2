package org.yiqi.contract;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An act with the signatures that were gathered for it: what is submitted, stored and put into a bundle. */
public record SignedAct(Act act, List<ActSignature> signatures) {

    public SignedAct {
        signatures = List.copyOf(signatures);
    }

    /** Canonical JSON {@code {"act":…,"signatures":[…]}}. */
    public String json() {
        return CanonicalJson.write(tree());
    }

    /** Canonical UTF-8 bytes of {@link #json}. */
    public byte[] bytes() {
        return json().getBytes(StandardCharsets.UTF_8);
    }

    /** Reads what {@link #json} wrote. */
    public static SignedAct parse(String json) {
        return read(CanonicalJson.read(json));
    }

    Map<String, Object> tree() {
        return Map.of(
                "act", act.tree(),
                "signatures", signatures.stream().map(ActSignature::tree).toList());
    }

    static SignedAct read(Map<String, Object> tree) {
        Fields fields = Fields.of(tree, Set.of("act", "signatures"));
        return new SignedAct(Act.read(fields.object("act")), fields.objects("signatures", ActSignature::read));
    }
}
