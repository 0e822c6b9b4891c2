/**
 * The one-command edition. {@link org.yiqi.standalone.Up} holds an embedded PostgreSQL and an embedded Artemis in this
 * process and runs Payara Micro with the application as a child process. Everything listens on loopback only.
 */
@NullMarked
package org.yiqi.standalone;

import org.jspecify.annotations.NullMarked;
