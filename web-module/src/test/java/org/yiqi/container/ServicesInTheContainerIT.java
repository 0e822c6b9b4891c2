package org.yiqi.container;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ejb.EJBException;
import jakarta.inject.Inject;
import java.io.File;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.yiqi.organisation.Organisations;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.tenancy.Caller;

/** What only the container does: roles, transactions, one connection for all of a transaction. Runs the product's own WAR. */
@ExtendWith(ArquillianExtension.class)
class ServicesInTheContainerIT {

    @Inject
    Organisations organisations;

    @Inject
    TenancyProbe probe;

    @Inject
    Caller caller;

    @Deployment
    static WebArchive product() {
        WebArchive war = ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/web-module.war"));
        // The guard sends strangers to the login page, and the test runner's servlet is called by one.
        war.delete("/WEB-INF/classes/org/yiqi/web/security/PageGuard.class");
        return war.addClasses(ServicesInTheContainerIT.class, TenancyProbe.class);
    }

    @Test
    void aServiceRefusesACallerWhoIsNotSignedIn() {
        assertThrows(EJBException.class, () -> organisations.list(ListQuery.all()));
    }

    @Test
    void jpaAndJdbcWorkOnOneConnectionWithinATransaction() throws Exception {
        assertTrue(probe.jpaAndJdbcShareTheConnection());
    }

    @Test
    void theTenantContextEndsWithItsTransaction() throws Exception {
        caller.asSystem(() -> assertScope("SYSTEM"));
        assertScope("");
    }

    @Test
    void aRefusalLeavesNothingHalfDone() throws Exception {
        String source = UUID.randomUUID().toString();
        assertThrows(Conflict.class, () -> probe.writeAndRefuse(source));
        assertFalse(probe.isThere(source));
    }

    private void assertScope(String scope) {
        try {
            assertTrue(probe.scopeSeenByJdbc().startsWith(scope + "/"));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
