package org.yiqi.standalone.broker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what at the broker. The application may do everything. A device signs in with its id and its secret, and may
 * publish to its own topic, nothing else: it reads nothing and makes no queues.
 *
 * <p>In an external broker this class is named in {@code bootstrap.xml} with the properties that {@link #init} reads.
 */
public final class DeviceSecurity implements ActiveMQSecurityManager5 {

    private String applicationUser = "";
    private String applicationPassword = "";
    private @Nullable DeviceCredentials devices;

    /** For a broker that reads its configuration from files. */
    public DeviceSecurity() {}

    public DeviceSecurity(String applicationUser, String applicationPassword, DeviceCredentials devices) {
        this.applicationUser = applicationUser;
        this.applicationPassword = applicationPassword;
        this.devices = devices;
    }

    @Override
    public DeviceSecurity init(Map<String, String> properties) {
        applicationUser = required(properties, "application-user");
        applicationPassword = required(properties, "application-password");
        devices = new DeviceCredentials(
                required(properties, "database-url"),
                required(properties, "database-user"),
                required(properties, "database-password"),
                required(properties, "device-secret-key"));
        return this;
    }

    private static String required(Map<String, String> properties, String name) {
        String value = properties.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("the security manager needs the property '" + name + "'");
        }
        return value;
    }

    @Nullable
    DeviceCredentials devices() {
        return devices;
    }

    @Override
    public @Nullable Subject authenticate(
            @Nullable String user,
            @Nullable String password,
            @Nullable RemotingConnection connection,
            @Nullable String securityDomain) {
        if (user == null || password == null) {
            return null;
        }
        if (applicationUser.equals(user)) {
            return MessageDigest.isEqual(utf8(password), utf8(applicationPassword)) ? subject(user) : null;
        }
        UUID device = deviceId(user);
        DeviceCredentials known = devices;
        return device != null && known != null && known.accept(device, password) ? subject(user) : null;
    }

    @Override
    public boolean authorize(@Nullable Subject subject, Set<Role> roles, CheckType checkType, String address) {
        if (subject == null) {
            return false;
        }
        for (UserPrincipal user : subject.getPrincipals(UserPrincipal.class)) {
            if (applicationUser.equals(user.getName())) {
                return true;
            }
            boolean publishing = checkType == CheckType.SEND || checkType == CheckType.CREATE_ADDRESS;
            if (publishing && ownTopic(user.getName()).equals(address)) {
                return true;
            }
        }
        return false;
    }

    /** The topic {@code yiqi/v1/<device>/readings}, as the broker names it. */
    static String ownTopic(String device) {
        return "yiqi.v1." + device + ".readings";
    }

    /** Only the canonical form is accepted, so that one device has one name in connections and permissions. */
    private static @Nullable UUID deviceId(String user) {
        try {
            UUID id = UUID.fromString(user);
            return id.toString().equals(user) ? id : null;
        } catch (IllegalArgumentException notADevice) {
            return null;
        }
    }

    private static Subject subject(String user) {
        Subject subject = new Subject();
        subject.getPrincipals().add(new UserPrincipal(user));
        return subject;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean validateUser(String user, String password) {
        return authenticate(user, password, null, null) != null;
    }

    @Override
    public boolean validateUserAndRole(String user, String password, Set<Role> roles, CheckType checkType) {
        return applicationUser.equals(user) && validateUser(user, password);
    }
}
