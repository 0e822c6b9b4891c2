package org.yiqi.contract.sealing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.contract.Fields;
import org.yiqi.contract.MalformedAct;

/**
 * What one opener posts for one envelope of a tender: its shares of exactly the bids that are due. It signs these bytes with the same
 * single-use key, and then destroys that.
 *
 * @param releases by bid
 */
public record ReleaseList(UUID tender, String envelope, UUID opener, Map<UUID, Release> releases) {

    public ReleaseList {
        releases = Map.copyOf(releases);
    }

    /** Canonical JSON. */
    public String json() {
        List<Object> list = new ArrayList<>();
        new TreeMap<>(releases)
                .forEach((bid, release) -> list.add(Map.of("bid", bid.toString(), "release", release.tree())));
        return CanonicalJson.write(Map.of(
                "envelope", envelope, "opener", opener.toString(), "releases", list, "tender", tender.toString()));
    }

    /** @throws MalformedAct for anything but what {@link #json} writes */
    public static ReleaseList parse(String json) {
        Fields fields = Fields.of(CanonicalJson.read(json), Set.of("envelope", "opener", "releases", "tender"));
        Map<UUID, Release> releases = new TreeMap<>();
        for (Fields each : fields.objects("releases", Fields::new)) {
            Fields one = Fields.of(each.values(), Set.of("bid", "release"));
            releases.put(one.uuid("bid"), Release.read(one.object("release")));
        }
        ReleaseList list =
                new ReleaseList(fields.uuid("tender"), fields.text("envelope"), fields.uuid("opener"), releases);
        if (!list.json().equals(json)) {
            throw new MalformedAct("a bid twice, or not in their order");
        }
        return list;
    }
}
