package org.yiqi.standalone.broker;

import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.activemq.artemis.core.security.impl.SecurityStoreImpl;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerPlugin;
import org.jspecify.annotations.Nullable;

/** Cuts a device off the moment its credential is revoked or replaced; it may come back with the new one. */
public final class CredentialWatch implements ActiveMQServerPlugin {

    private static final Logger LOG = Logger.getLogger(CredentialWatch.class.getName());

    private @Nullable DeviceCredentials watched;

    @Override
    public void registered(ActiveMQServer server) {
        if (server.getSecurityManager() instanceof DeviceSecurity security) {
            DeviceCredentials devices = security.devices();
            if (devices != null) {
                watched = devices;
                devices.listen(device -> disconnect(server, device));
            }
        }
    }

    @Override
    public void unregistered(ActiveMQServer server) {
        DeviceCredentials devices = watched;
        if (devices != null) {
            devices.close();
        }
    }

    private static void disconnect(ActiveMQServer server, UUID device) {
        try {
            if (server.getSecurityStore() instanceof SecurityStoreImpl store) {
                store.invalidateAuthenticationCache();
                store.invalidateAuthorizationCache();
            }
            server.getActiveMQServerControl().closeConnectionsForUser(device.toString());
        } catch (Exception e) {
            LOG.log(Level.WARNING, "could not disconnect device " + device, e);
        }
    }
}
