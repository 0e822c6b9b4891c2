package org.yiqi.standalone.broker;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.Map;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.junit.jupiter.api.Test;

class DeviceSecurityTest {

    private static final String DEVICE = "019e0000-0000-7000-8000-0000000000aa";
    private static final String TOPIC = "yiqi.v1." + DEVICE + ".readings";

    // Nothing listens there: a device is known only when the database says so.
    private final DeviceSecurity security = new DeviceSecurity(
            "yiqi-app",
            "right",
            new DeviceCredentials(
                    "jdbc:postgresql://127.0.0.1:1/none",
                    "nobody",
                    "",
                    Base64.getEncoder().encodeToString(new byte[32])));

    @Test
    void theApplicationEntersWithItsPasswordOnly() {
        assertNotNull(security.authenticate("yiqi-app", "right", null, null));
        assertNull(security.authenticate("yiqi-app", "wrong", null, null));
        assertNull(security.authenticate("yiqi-app", null, null, null));
        assertNull(security.authenticate(null, null, null, null));
    }

    @Test
    void withoutTheDatabaseNoDeviceEnters() {
        assertNull(security.authenticate(DEVICE, "secret", null, null));
    }

    @Test
    void aDeviceMayPublishToItsOwnTopicAndNothingElse() {
        Subject device = subject(DEVICE);
        assertTrue(security.authorize(device, Set.of(), CheckType.SEND, TOPIC));
        assertTrue(security.authorize(device, Set.of(), CheckType.CREATE_ADDRESS, TOPIC));
        for (CheckType type : CheckType.values()) {
            if (type != CheckType.SEND && type != CheckType.CREATE_ADDRESS) {
                assertFalse(security.authorize(device, Set.of(), type, TOPIC), type::name);
            }
            assertFalse(security.authorize(device, Set.of(), type, TOPIC.replace("aa", "bb")), type::name);
            assertFalse(security.authorize(device, Set.of(), type, "yiqi.v1.#"), type::name);
            assertFalse(security.authorize(device, Set.of(), type, "yiqi.readings"), type::name);
        }
    }

    @Test
    void theApplicationMayDoEverythingAndAStrangerNothing() {
        for (CheckType type : CheckType.values()) {
            assertTrue(security.authorize(subject("yiqi-app"), Set.of(), type, "yiqi.readings"), type::name);
            assertFalse(security.authorize(null, Set.of(), type, TOPIC), type::name);
        }
    }

    @Test
    void anIncompleteConfigurationIsRefusedByName() {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> new DeviceSecurity()
                .init(Map.of("application-user", "yiqi-app")));
        assertTrue(String.valueOf(refused.getMessage()).contains("application-password"));
    }

    private static Subject subject(String user) {
        Subject subject = new Subject();
        subject.getPrincipals().add(new UserPrincipal(user));
        return subject;
    }
}
