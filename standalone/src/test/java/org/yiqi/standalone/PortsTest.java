package org.yiqi.standalone;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void withoutAWishThePortsAreTheDocumentedOnes() {
        assertEquals(new Ports(8080, 8443, 1883, 5672, 61616, 54320, 7050), Ports.forHttp(8080));
    }

    @Test
    void allPortsMoveByTheSameDistance() {
        assertEquals(new Ports(8130, 8493, 1933, 5722, 61666, 54370, 7100), Ports.forHttp(8130));
    }

    @Test
    void whateverTheHttpPortTheOthersAreValidAndDifferent() {
        IntStream.rangeClosed(1024, 65535).mapToObj(Ports::forHttp).forEach(ports -> {
            Set<Integer> all = Set.of(
                    ports.http(),
                    ports.https(),
                    ports.mqtt(),
                    ports.amqp(),
                    ports.core(),
                    ports.postgres(),
                    ports.fabric());
            assertTrue(all.stream().allMatch(port -> port >= 1024 && port <= 65535), ports::toString);
        });
    }

    @Test
    void aPortOutOfRangeIsRefusedWithTheWayOut() {
        for (int port : new int[] {-1, 0, 65536}) {
            StartupProblem problem = assertThrows(StartupProblem.class, () -> Ports.forHttp(port));
            assertTrue(problem.getMessage().contains("--port 8090"), problem.getMessage());
        }
    }

    @Test
    void aPortInUseIsNamedWithTheWayOut() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ports ports = new Ports(taken.getLocalPort(), 1, 1, 1, 1, 1, 1);
            StartupProblem problem = assertThrows(StartupProblem.class, ports::requireFree);
            assertTrue(problem.getMessage().contains("Port " + taken.getLocalPort()), problem.getMessage());
            assertTrue(problem.getMessage().contains("--port"), problem.getMessage());
        }
    }

    @Test
    void freePortsAreAccepted() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        Ports ports = new Ports(free, free, free, free, free, free, free);
        assertDoesNotThrow(ports::requireFree);
    }
}
