package org.yiqi.standalone.fabric;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.yiqi.standalone.StartupProblem;

/**
 * Which organisations, peers and orderers the network of a folder has, and on which ports. It is decided when the network
 * is made and kept with its data; afterwards only organisations are added.
 */
final class Layout {

    static final String CHANNEL = "yiqi";
    private static final String FILE = "layout.properties";
    private static final int HIGHEST_BASE = 65535 - 400;

    private final Path root;
    private final Ordering ordering;
    private final int port;
    private final Map<String, Integer> peersByOrganisation;

    private Layout(Path root, Ordering ordering, int port, Map<String, Integer> peersByOrganisation) {
        this.root = root;
        this.ordering = ordering;
        this.port = port;
        this.peersByOrganisation = new LinkedHashMap<>(peersByOrganisation);
    }

    static boolean exists(Path root) {
        return Files.exists(root.resolve(FILE));
    }

    /** The four founders; the regulator has two peers, since nothing is endorsed without one. */
    static Layout create(Path root, Ordering ordering, int port) {
        if (port < 1024 || port > HIGHEST_BASE) {
            throw new StartupProblem("--port must be a number from 1024 to " + HIGHEST_BASE + ", not " + port
                    + ": choose for example --port 7050.");
        }
        Map<String, Integer> peers = new LinkedHashMap<>();
        peers.put(Organisation.PLATFORM, 1);
        peers.put("hospital", 1);
        peers.put("supplier", 1);
        peers.put(Organisation.REGULATOR, 2);
        return new Layout(root, ordering, port, peers);
    }

    static Layout load(Path root) throws IOException {
        Properties kept = new Properties();
        try (Reader in = Files.newBufferedReader(root.resolve(FILE))) {
            kept.load(in);
        }
        Map<String, Integer> peers = new LinkedHashMap<>();
        for (String each : kept.getProperty("peers").split(",")) {
            String[] pair = each.split("=");
            peers.put(pair[0], Integer.parseInt(pair[1]));
        }
        Ordering ordering = Ordering.valueOf(kept.getProperty("ordering").toUpperCase(Locale.ROOT));
        return new Layout(root, ordering, Integer.parseInt(kept.getProperty("port")), peers);
    }

    void save() throws IOException {
        Properties kept = new Properties();
        kept.setProperty("ordering", ordering.text());
        kept.setProperty("port", Integer.toString(port));
        List<String> peers = new ArrayList<>();
        peersByOrganisation.forEach((name, count) -> peers.add(name + "=" + count));
        kept.setProperty("peers", String.join(",", peers));
        try (Writer out = Files.newBufferedWriter(root.resolve(FILE))) {
            kept.store(out, "Decided when this network was made.");
        }
    }

    Organisation add(String name) {
        if (!name.matches("[a-z][a-z0-9]{1,19}(-[a-z0-9]{1,19}){0,2}")) {
            throw new StartupProblem("An organisation's name here is of small letters, digits and single hyphens,"
                    + " for example ./yiqi fabric add-org union-hospital.");
        }
        if (peersByOrganisation.containsKey(name)) {
            throw new StartupProblem("This network has an organisation '" + name + "' already: choose another name.");
        }
        peersByOrganisation.put(name, 1);
        return organisation(name);
    }

    Path root() {
        return root;
    }

    Ordering ordering() {
        return ordering;
    }

    int port() {
        return port;
    }

    List<Organisation> organisations() {
        List<Organisation> all = new ArrayList<>();
        int next = 0;
        for (Map.Entry<String, Integer> each : peersByOrganisation.entrySet()) {
            all.add(new Organisation(
                    each.getKey(), root.resolve("organisations").resolve(each.getKey()), next, each.getValue(), port));
            next += each.getValue();
        }
        return all;
    }

    Organisation organisation(String name) {
        return organisations().stream()
                .filter(org -> org.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no organisation " + name));
    }

    List<Organisation.Peer> peers() {
        return organisations().stream().flatMap(org -> org.peers().stream()).toList();
    }

    List<Orderer> orderers() {
        List<Orderer> all = new ArrayList<>();
        for (String name : ordering.organisations()) {
            all.add(new Orderer(all.size() + 1, "orderer." + name, organisation(name), port + 10 * all.size()));
        }
        return all;
    }
}
