package org.yiqi.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import org.yiqi.standalone.fabric.FabricNetwork;

/**
 * The ports of one instance. {@code --port} moves all of them by the same distance, so that two instances never meet; a
 * port that would leave the valid range wraps around within it.
 */
record Ports(int http, int https, int mqtt, int amqp, int core, int postgres, int fabric) {

    static final int DEFAULT_HTTP = 8080;
    private static final int LOWEST = 1024;
    private static final int HIGHEST = 65535;

    static Ports forHttp(int http) {
        if (http < 1 || http > HIGHEST) {
            throw new StartupProblem(
                    "--port must be a number from 1 to 65535, not " + http + ": choose for example --port 8090.");
        }
        int distance = http - DEFAULT_HTTP;
        return new Ports(
                http,
                moved(8443, distance),
                moved(1883, distance),
                moved(5672, distance),
                moved(61616, distance),
                moved(54320, distance),
                moved(FabricNetwork.DEFAULT_PORT, distance));
    }

    /** Of the hundred that the network has, one that none of its programs listens on. */
    int time() {
        return fabric + 9;
    }

    private static int moved(int port, int distance) {
        return LOWEST + Math.floorMod(port + distance - LOWEST, HIGHEST - LOWEST + 1);
    }

    /** Refuses to start when something else listens on one of the ports. */
    void requireFree() {
        Map<String, Integer> all = new LinkedHashMap<>();
        all.put("the pages (HTTP)", http);
        all.put("the pages (HTTPS)", https);
        all.put("devices over MQTT", mqtt);
        all.put("devices over AMQP", amqp);
        all.put("the broker", core);
        all.put("PostgreSQL", postgres);
        all.forEach((use, port) -> {
            if (!isFree(port)) {
                throw new StartupProblem("Port " + port + ", needed for " + use
                        + ", is in use: stop what listens there or move all ports with --port, for example --port "
                        + (http < 60000 ? http + 10 : 8090) + ".");
            }
        });
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As the servers do it: a port whose last connections are still in TIME_WAIT counts as free.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
