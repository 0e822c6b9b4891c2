package org.yiqi.equipment;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;

/** Says at the start which imports the last stop interrupted; starting one again changes nothing that is in already. */
@Singleton
@Startup
@DependsOn("Migrations")
public class InterruptedImports {

    @Inject
    ImportStore store;

    @PostConstruct
    void mark() {
        store.interruptAll();
    }
}
