package org.yiqi.benchmarks.bare;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The whole application of the reference. */
@ApplicationPath("/")
public class BareApplication extends Application {}
